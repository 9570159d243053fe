import { z } from 'zod';
import { earthquake } from '../../../contracts/layers/earthquake.ts';
import type { Sink } from '../../kit/feed.ts';
import { rawOf, readEvents } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';
import { clip } from '../../kit/values.ts';

const shape = compileShape(
  z.object({
    id: z.string().min(1).max(80),
    revision: z.int().min(0),
    originTime: z.string(),
    lon: z.number(),
    lat: z.number(),
    depthKm: z.number().nullish(),
    mag: z.number(),
    magType: z.string().max(4).nullish(),
    place: z.string().nullish(),
    status: z.enum(['auto', 'formal', 'corrected']),
    issuedAt: z.string().nullish(),
    synthetic: z.boolean().nullish(),
  }),
);

/** Reports of one earthquake, each revision better than the last, → `earthquake`. → false: no list of events. */
export function parseEarthquakes(body: Uint8Array, sink: Sink): boolean {
  return readEvents(body, { sink, shape }, (report) => {
    const validAt = parseIsoTime(report.originTime);
    if (Number.isNaN(validAt)) {
      return sink.reject('record/time', `originTime "${report.originTime.slice(0, 60)}"`, rawOf(report));
    }
    sink.put(earthquake, {
      id: report.id,
      validAt,
      revision: report.revision,
      synthetic: report.synthetic ?? undefined,
      values: {
        position: [report.lon, report.lat],
        title: clip(report.place, 120),
        magnitude: report.mag,
        magnitudeType: report.magType ?? null,
        depthKm: report.depthKm ?? null,
        status: report.status,
      },
    });
  });
}
