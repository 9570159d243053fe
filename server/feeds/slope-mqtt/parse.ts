import { z } from 'zod';
import { slopeMonitor } from '../../../contracts/layers/slope-monitor.ts';
import type { Sink } from '../../kit/feed.ts';
import { rawOf, readItem, readJson } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';
import { clip, yesNo } from '../../kit/values.ts';

const shape = compileShape(
  z.object({
    pointId: z.string().min(1).max(80),
    name: z.string().nullish(),
    time: z.string(),
    lon: z.number(),
    lat: z.number(),
    displacementMm: z.number().nullish(),
    rateMmH: z.number().nullish(),
    crackMm: z.number().nullish(),
    tiltDeg: z.number().nullish(),
    batteryPct: z.number().nullish(),
    online: z.boolean().nullish(),
    synthetic: z.boolean().nullish(),
  }),
);

/** One report of a slope monitor (docs/upstreams.md "slope") → `slope-monitor`. */
export function parseSlope(payload: Uint8Array, sink: Sink): void {
  const message = readJson(payload, sink);
  if (message === undefined) return;
  readItem(message, { sink, shape }, (station) => {
    const validAt = parseIsoTime(station.time);
    if (Number.isNaN(validAt))
      return sink.reject('record/time', `time "${station.time.slice(0, 60)}"`, rawOf(station));
    sink.put(slopeMonitor, {
      id: station.pointId,
      validAt,
      synthetic: station.synthetic ?? undefined,
      values: {
        position: [station.lon, station.lat],
        name: clip(station.name, 60),
        displacementMm: station.displacementMm ?? null,
        rateMmH: station.rateMmH ?? null,
        crackMm: station.crackMm ?? null,
        tiltDeg: station.tiltDeg ?? null,
        batteryPct: station.batteryPct ?? null,
        online: yesNo(station.online),
      },
    });
  });
}
