import { z } from 'zod';
import { riverGauge } from '../../../contracts/layers/river-gauge.ts';
import type { Sink } from '../../kit/feed.ts';
import { rawOf, readList } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';

const item = z.object({
  stcd: z.string().min(1).max(80),
  name: z.string().nullish(),
  river: z.string().nullish(),
  lon: z.number(),
  lat: z.number(),
  time: z.string(),
  z: z.number().nullish(),
  q: z.number().nullish(),
  trend: z.union([z.literal(4), z.literal(5), z.literal(6)]).nullish(),
  warningM: z.number().nullish(),
  guaranteeM: z.number().nullish(),
});

const shape = compileShape(item);

/** Codes of the hydrological exchange standard: 4 落, 5 涨, 6 平. */
const TRENDS = { 4: 'falling', 5: 'rising', 6: 'steady' } as const;

/** List of hydrological stations (docs/upstreams.md) → `river-gauge`; levels m, flows m³/s. */
export function parseRiverGauges(bytes: Uint8Array, sink: Sink): void {
  readList(bytes, { sink, shape }, (gauge, head) => {
    const validAt = parseIsoTime(gauge.time);
    if (Number.isNaN(validAt)) return sink.reject('record/time', `time "${gauge.time}"`, rawOf(gauge));
    sink.put(riverGauge, {
      id: gauge.stcd,
      validAt,
      synthetic: head.synthetic,
      values: {
        position: [gauge.lon, gauge.lat],
        name: gauge.name ?? null,
        river: gauge.river ?? null,
        levelM: gauge.z ?? null,
        flowM3S: gauge.q ?? null,
        trend: gauge.trend == null ? null : TRENDS[gauge.trend],
        warningM: gauge.warningM ?? null,
        guaranteeM: gauge.guaranteeM ?? null,
      },
    });
  });
}
