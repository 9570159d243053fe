// /api/roads: the road network as it is now, what can be reached in time, and closing stretches by hand (docs/resources.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import { closeRoadsSchema, cutSchema, openRoadsSchema } from '../../contracts/records/road.ts';
import type { Subject } from '../access/port.ts';
import type { RoadActor, Roads } from '../roads/port.ts';
import { checked } from './body.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const about = () => ({ kind: 'roads', id: '*' }) as const;
const id = z.coerce.number().int().positive();
const actorOf = ({ id: one, areas }: Subject): RoadActor => ({ id: one, reaches: reachesOf(areas) });
/** A ring may have many corners. */
const MOST_BYTES = 32 * 1024;

export const place = {
  lon: z.coerce.number().min(-180).max(180),
  lat: z.coerce.number().min(-90).max(90),
};
/** Rising, five at most. */
const minutes = z
  .string()
  .regex(/^\d{1,3}(,\d{1,3}){0,4}$/, 'minutes with commas between, for example 15,30,60')
  .default('15,30,60')
  .transform((text) => [...new Set(text.split(',').map(Number))].sort((a, b) => a - b))
  .refine((all) => all.every((one) => one >= 1 && one <= 240), '1 to 240 minutes each');

export function roadRoutes(roads: Roads): Route[] {
  const read = { method: 'get', action: 'read-roads', about } as const;
  return [
    ...closureRoutes(roads),
    route({
      ...read,
      path: '/api/roads',
      title: title('路网与断路', 'The road network: what is closed, which towns are cut off'),
      query: null,
      answer: (_, response) => {
        response.json(roads.view());
      },
    }),
    route({
      ...read,
      path: '/api/roads/reach',
      title: title('可达范围', 'Areas that can be reached in time by road, as GeoJSON'),
      answers: { type: 'application/geo+json' },
      query: z.strictObject({ ...place, minutes }),
      answer: ({ query }, response) => {
        const areas = roads.reach([query.lon, query.lat], query.minutes);
        const features = areas.map(({ polygons, ...properties }) => ({
          type: 'Feature',
          geometry: { type: 'MultiPolygon', coordinates: polygons },
          properties,
        }));
        response.type('application/geo+json').send(JSON.stringify({ type: 'FeatureCollection', features }));
      },
    }),
  ];
}

function closureRoutes(roads: Roads): Route[] {
  const close = { method: 'post', action: 'close-roads', about, query: null } as const;
  return [
    route({
      ...close,
      path: '/api/roads/preview',
      audit: 'none',
      title: title('断路预演', 'What closing the roads of an area would do'),
      maxBytes: MOST_BYTES,
      body: cutSchema,
      answer: ({ body }, response) => {
        response.json(roads.preview(body));
      },
    }),
    route({
      ...close,
      path: '/api/roads/closures',
      title: title('标绘断路', 'Closes the roads of an area'),
      answers: { status: 201 },
      maxBytes: MOST_BYTES,
      body: closeRoadsSchema,
      answer: async ({ subject, body }, response) => {
        response.status(201).json(await roads.close(actorOf(subject), body));
      },
    }),
    route({
      ...close,
      path: '/api/roads/closures/:id/open',
      title: title('恢复通行', 'Opens what was closed by hand'),
      answers: { status: 201 },
      body: openRoadsSchema,
      answer: async ({ subject, params, body }, response) => {
        response.status(201).json(await roads.open(actorOf(subject), checked(params['id'], id, 'id'), body));
      },
    }),
  ];
}
