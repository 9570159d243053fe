import { z } from 'zod';
import { roadsidePoint } from '../../../contracts/layers/roadside-point.ts';
import type { Sink } from '../../kit/feed.ts';
import { rawOf, readList } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';

const item = z.object({
  id: z.string().min(1).max(80),
  name: z.string().nullish(),
  lon: z.number(),
  lat: z.number(),
  road: z.string().nullish(),
  kind: z.enum(['camera', 'radar', 'vms', 'weather', 'tunnel']).nullish(),
  time: z.string(),
  online: z.boolean().nullish(),
  visibilityM: z.number().nullish(),
  roadTempC: z.number().nullish(),
  roadState: z.enum(['dry', 'wet', 'ice', 'snow']).nullish(),
  message: z.string().nullish(),
  stillUrl: z.string().max(500).nullish(),
});

const shape = compileShape(item);

/** List of roadside points (docs/upstreams.md) → `roadside-point`. */
export function parseRoadside(bytes: Uint8Array, sink: Sink): void {
  readList(bytes, { sink, shape }, (point, head) => {
    const validAt = parseIsoTime(point.time);
    if (Number.isNaN(validAt)) return sink.reject('record/time', `time "${point.time}"`, rawOf(point));
    sink.put(roadsidePoint, {
      id: point.id,
      validAt,
      synthetic: head.synthetic,
      values: {
        position: [point.lon, point.lat],
        name: point.name ?? null,
        road: point.road ?? null,
        kind: point.kind ?? null,
        online: point.online == null ? null : point.online ? 'yes' : 'no',
        visibilityM: point.visibilityM ?? null,
        roadTempC: point.roadTempC ?? null,
        roadState: point.roadState ?? null,
        message: point.message ?? null,
        stillUrl: point.stillUrl ?? null,
      },
    });
  });
}
