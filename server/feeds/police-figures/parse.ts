import { z } from 'zod';
import { policeFigures } from '../../../contracts/layers/police-figures.ts';
import type { Sink } from '../../kit/feed.ts';
import { rawOf, readList } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';
import { clip } from '../../kit/values.ts';

const count = z.number().min(0).nullish();

const shape = compileShape(
  z.object({
    regionCode: z.string().min(1).max(20),
    name: z.string().nullish(),
    time: z.string(),
    calls110: count,
    calls110Usual: count,
    patrolGrids: count,
    patrolGridsCovered: count,
    fatalAccidents30d: count,
  }),
);

/** List of counties with their figures (docs/upstreams.md) → `police-figures`. */
export function parsePoliceFigures(bytes: Uint8Array, sink: Sink): void {
  readList(bytes, { sink, shape }, (county, head) => {
    const validAt = parseIsoTime(county.time);
    if (Number.isNaN(validAt)) return sink.reject('record/time', `time "${county.time}"`, rawOf(county));
    sink.put(policeFigures, {
      id: county.regionCode,
      validAt,
      regionCode: county.regionCode,
      synthetic: head.synthetic,
      values: {
        name: clip(county.name, 60),
        calls110: county.calls110 ?? null,
        calls110Usual: county.calls110Usual ?? null,
        patrolGrids: county.patrolGrids ?? null,
        patrolGridsCovered: county.patrolGridsCovered ?? null,
        fatalAccidents30d: county.fatalAccidents30d ?? null,
      },
    });
  });
}
