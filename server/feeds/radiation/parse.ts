import { z } from 'zod';
import { radiationStation } from '../../../contracts/layers/radiation-station.ts';
import type { Sink } from '../../kit/feed.ts';
import { rawOf, readList } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';

const item = z.object({
  id: z.string().min(1).max(80),
  name: z.string().nullish(),
  lon: z.number(),
  lat: z.number(),
  time: z.string(),
  doseRateNGyH: z.number().nullish(),
});

const shape = compileShape(item);

/** List of gamma dose-rate stations (docs/upstreams.md) → `radiation-station`. */
export function parseRadiation(bytes: Uint8Array, sink: Sink): void {
  readList(bytes, { sink, shape }, (station, head) => {
    const validAt = parseIsoTime(station.time);
    if (Number.isNaN(validAt)) return sink.reject('record/time', `time "${station.time}"`, rawOf(station));
    sink.put(radiationStation, {
      id: station.id,
      validAt,
      synthetic: head.synthetic,
      values: {
        position: [station.lon, station.lat],
        name: station.name ?? null,
        doseRateNGyH: station.doseRateNGyH ?? null,
      },
    });
  });
}
