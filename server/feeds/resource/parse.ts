import { z } from 'zod';
import { resource } from '../../../contracts/layers/resource.ts';
import type { ResourceItem } from '../../../contracts/records/resource.ts';
import { itemNames, kindNames } from '../../../contracts/records/resource.ts';
import type { Sink } from '../../kit/feed.ts';
import { rawOf, readList } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';
import { clip } from '../../kit/values.ts';

const amount = z.number().min(0).max(10_000_000).nullish();
const amounts = z.object(
  Object.fromEntries(itemNames.map((item) => [item, amount])) as Record<ResourceItem, typeof amount>,
);
const item = z.object({
  id: z.string().min(1).max(80),
  kind: z.enum(kindNames),
  name: z.string().nullish(),
  lon: z.number(),
  lat: z.number(),
  time: z.string(),
  state: z.enum(['ready', 'busy', 'full', 'closed']).nullish(),
  speciality: z.string().nullish(),
  owner: z.string().nullish(),
  notFor: z.array(z.string().max(20)).max(8).nullish(),
  values: amounts.nullish(),
  totals: amounts.nullish(),
});

const shape = compileShape(item);

/** List of resources (docs/upstreams.md) → `resource`; whole pieces, people, places. */
export function parseResources(bytes: Uint8Array, sink: Sink): void {
  readList(bytes, { sink, shape }, (one, head) => {
    const validAt = parseIsoTime(one.time);
    if (Number.isNaN(validAt)) return sink.reject('record/time', `time "${one.time}"`, rawOf(one));
    sink.put(resource, {
      id: one.id,
      validAt,
      synthetic: head.synthetic,
      values: {
        position: [one.lon, one.lat],
        name: clip(one.name, 80),
        kind: one.kind,
        state: one.state ?? null,
        speciality: clip(one.speciality, 60),
        owner: clip(one.owner, 80),
        notFor: one.notFor ?? null,
        ...Object.fromEntries(
          itemNames.flatMap((name) => [
            [name, whole(one.values?.[name])],
            [`${name}Total`, whole(one.totals?.[name])],
          ]),
        ),
      },
    });
  });
}

/** What is counted comes in whole pieces. */
const whole = (amountOf: number | null | undefined): number | null =>
  amountOf === null || amountOf === undefined ? null : Math.round(amountOf);
