// GET /api/nearest: the rows of a layer around a place.
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import { reachOf } from '../../contracts/records/reach.ts';
import type { LiveWorld } from '../state/port.ts';
import { isIn, labelOf, layerOf, plainRow } from './layers.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const query = z.strictObject({
  layer: z.string().max(60),
  lon: z.coerce.number().min(-180).max(180),
  lat: z.coerce.number().min(-90).max(90),
  count: z.coerce.number().int().min(1).max(200).default(10),
  /** Metres. */
  within: z.coerce.number().min(1).max(500_000).default(50_000),
});

export function nearestRoutes(world: LiveWorld): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/nearest',
      title: title('附近的对象', 'Rows around a place'),
      action: 'read-layer',
      about: () => ({ kind: 'layer', id: '*' }),
      query,
      answer: ({ query: asked, subject }, response) => {
        const held = layerOf(world, asked.layer);
        const near = world.nearest(asked.layer, asked, { count: asked.count, maxMetres: asked.within });
        if (!near) throw new CodedError('request/invalid', `layer ${asked.layer} has no positions`);
        const label = labelOf(subject, held.layer.slug);
        const reach = reachOf(subject.areas, held.layer);
        response.json(
          near
            .filter(({ slot }) => isIn(held, slot, reach))
            .map(({ slot, metres }) => ({
              metres: Math.round(metres),
              row: plainRow(held, slot, { label, withDetail: false }),
            })),
        );
      },
    }),
  ];
}
