import { z } from 'zod';
import { firePanel } from '../../../contracts/layers/fire-panel.ts';
import type { Sink } from '../../kit/feed.ts';
import { rawOf, readEvents } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';
import { clip } from '../../kit/values.ts';

const shape = compileShape(
  z.object({
    id: z.string().min(1).max(80),
    revision: z.int().min(0),
    panelId: z.string().min(1).max(80),
    name: z.string().nullish(),
    lon: z.number(),
    lat: z.number(),
    state: z.enum(['normal', 'fault', 'alarm', 'offline']),
    smokeAlarms: z.int().nullish(),
    pressureMPa: z.number().nullish(),
    time: z.string(),
    synthetic: z.boolean().nullish(),
  }),
);

/** Events and roll-calls of fire panels (docs/upstreams.md "Webhooks"): a row is a panel. → false: no list of events. */
export function parsePanels(body: Uint8Array, sink: Sink): boolean {
  return readEvents(body, { sink, shape }, (event) => {
    const validAt = parseIsoTime(event.time);
    if (Number.isNaN(validAt))
      return sink.reject('record/time', `time "${event.time.slice(0, 60)}"`, rawOf(event));
    sink.put(firePanel, {
      id: event.panelId,
      validAt,
      // Counted per panel: a fault and an alarm may come in one second, and the panel may be started anew.
      step: event.revision,
      synthetic: event.synthetic ?? undefined,
      values: {
        position: [event.lon, event.lat],
        name: clip(event.name, 80),
        state: event.state,
        smokeAlarms: event.smokeAlarms ?? null,
        pressureMPa: event.pressureMPa ?? null,
      },
    });
  });
}
