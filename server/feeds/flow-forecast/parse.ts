import { z } from 'zod';
import { flowForecast } from '../../../contracts/layers/flow-forecast.ts';
import type { Sink } from '../../kit/feed.ts';
import { rawOf, readList } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';

const MOST_POINTS = 200;
const item = z.object({
  stcd: z.string().min(1).max(80),
  name: z.string().nullish(),
  kind: z.enum(['gauge', 'inflow']),
  lon: z.number(),
  lat: z.number(),
  issuedAt: z.string(),
  method: z.string().nullish(),
  points: z
    .array(z.object({ time: z.string(), q: z.number() }))
    .min(1)
    .max(MOST_POINTS),
});

const shape = compileShape(item);

/**
 * List of forecast hydrographs (docs/upstreams.md) → `flow-forecast`, one row a place; flows m³/s. A row speaks from the
 * moment its forecast was made on.
 */
export function parseFlowForecasts(bytes: Uint8Array, sink: Sink): void {
  readList(bytes, { sink, shape }, (one, head) => {
    const issuedAt = parseIsoTime(one.issuedAt);
    const points = one.points.map(({ time, q }) => [parseIsoTime(time), q] as const);
    if (Number.isNaN(issuedAt) || points.some(([at]) => Number.isNaN(at)))
      return sink.reject('record/time', `forecast ${one.stcd}: a time is unreadable`, rawOf(one));
    if (points.some(([at], index) => index > 0 && at <= (points[index - 1]?.[0] ?? at)))
      return sink.reject('record/shape', `forecast ${one.stcd}: points: the moments do not rise`, rawOf(one));
    const [maxAt, maxM3S] = points.reduce((top, point) => (point[1] > top[1] ? point : top));
    sink.put(flowForecast, {
      id: one.stcd,
      validAt: issuedAt,
      issuedAt,
      synthetic: head.synthetic,
      values: {
        ...{ position: [one.lon, one.lat], name: one.name ?? null, kind: one.kind },
        ...{ maxM3S, maxAt, untilAt: points.at(-1)?.[0] ?? null, method: one.method?.slice(0, 200) ?? null },
        points: points.map(([at, q]) => `${at} ${q}`.slice(0, 40)),
      },
    });
  });
}
