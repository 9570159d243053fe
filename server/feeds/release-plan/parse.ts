import { z } from 'zod';
import { releasePlan } from '../../../contracts/layers/release-plan.ts';
import type { SampleContext } from '../../kit/feed.ts';
import { rawOf, readList } from '../../kit/json-body.ts';
import { compileShape } from '../../kit/shape.ts';
import { parseIsoTime } from '../../kit/times.ts';

const item = z.object({
  planNo: z.string().min(1).max(80),
  reservoir: z.string(),
  scheme: z.string().min(1).max(20),
  name: z.string().nullish(),
  issuedAt: z.string(),
  state: z.enum(['drafted', 'withdrawn']),
  steps: z
    .array(z.object({ from: z.string(), outflow: z.number() }))
    .min(1)
    .max(60),
});

const shape = compileShape(item);

/** Schemes only move on: the state is the revision of one and the same moment. */
const STATE_ORDER = { drafted: 0, withdrawn: 1 } as const;

/** List of release schemes (docs/upstreams.md) → `release-plan`, one row a scheme and reservoir; outflows m³/s. */
export function parseReleasePlans(
  bytes: Uint8Array,
  { sink, station }: Pick<SampleContext, 'sink' | 'station'>,
): void {
  readList(bytes, { sink, shape }, (plan, head) => {
    const issuedAt = parseIsoTime(plan.issuedAt);
    const steps = plan.steps.map(({ from, outflow }) => [parseIsoTime(from), outflow] as const);
    if (Number.isNaN(issuedAt) || steps.some(([at]) => Number.isNaN(at)))
      return sink.reject('record/time', `scheme ${plan.planNo}: a time is unreadable`, rawOf(plan));
    if (steps.some(([at], index) => index > 0 && at <= (steps[index - 1]?.[0] ?? at)))
      return sink.reject(
        'record/shape',
        `scheme ${plan.planNo}: steps: the moments do not rise`,
        rawOf(plan),
      );
    const place = station('reservoirs', plan.reservoir);
    sink.put(releasePlan, {
      id: plan.planNo,
      ...{ validAt: issuedAt, issuedAt, revision: STATE_ORDER[plan.state] },
      synthetic: head.synthetic,
      values: {
        position: place ? [Number(place['lon']), Number(place['lat'])] : null,
        reservoir: place?.['name'] ?? plan.reservoir,
        ...{ scheme: plan.scheme, name: plan.name ?? null, state: plan.state },
        maxM3S: Math.max(...steps.map(([, outflow]) => outflow)),
        fromAt: steps[0]?.[0] ?? null,
        steps: steps.map(([at, outflow]) => `${at} ${outflow}`.slice(0, 40)),
      },
    });
  });
}
