// GET /api/layers/<slug>/track: where one object was, and where it stood.
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import { reachOf } from '../../contracts/records/reach.ts';
import type { History } from '../history/port.ts';
import type { Clock } from '../kit/clock.ts';
import type { LiveWorld } from '../state/port.ts';
import { knownLayer, labelOf, mayRead } from './layers.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const DAY_MS = 24 * 3_600_000;
const MOST_DAYS = 7;

const query = z.strictObject({
  key: z.string().min(1).max(200),
  /** Epoch ms; the last day where they are absent. */
  from: z.coerce.number().int().optional(),
  to: z.coerce.number().int().optional(),
  stepS: z.coerce.number().int().min(0).max(3600).default(0),
});

export interface TrackParts {
  readonly world: LiveWorld;
  readonly clock: Clock;
  readonly history: History;
}

export function trackRoutes({ world, clock, history }: TrackParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/layers/:slug/track',
      title: title('轨迹', 'The way of one object, with its stops'),
      action: 'read-layer',
      audit: 'view',
      about: (params) => ({ kind: 'layer', id: params.slug ?? '' }),
      query,
      answer: async ({ params, query: asked, subject }, response) => {
        const { layer } = knownLayer(world, params.slug);
        const position = Object.values(layer.columns).find(({ type }) => type === 'position');
        if (!position || !mayRead(position, labelOf(subject, layer.slug))) {
          throw new CodedError('request/invalid', `layer ${layer.slug} has no positions`);
        }
        const to = Math.min(asked.to ?? clock.now(), clock.now());
        const from = asked.from ?? to - DAY_MS;
        if (from >= to || to - from > MOST_DAYS * DAY_MS) {
          throw new CodedError(
            'request/invalid',
            `from ${from} to ${to}: up to ${MOST_DAYS} days, in epoch ms`,
          );
        }
        const reach = reachOf(subject.areas, layer);
        const ask = { layer: layer.slug, key: asked.key, from, to, stepMs: asked.stepS * 1000, reach };
        const track = await history.ask('track', ask);
        response.json({ layer: layer.slug, key: asked.key, from, to, ...track });
      },
    }),
  ];
}
