// GET /api/city: what a page must know of the city before anything else.
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

/** `city`: plain JSON, made once at the start. */
export function cityRoutes(city: Readonly<Record<string, unknown>>): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/city',
      title: title('城市概况', 'What the city is'),
      action: 'read-city',
      about: () => ({ kind: 'world', id: 'city' }),
      query: z.strictObject({}),
      answer: (_asked, response) => {
        response.json(city);
      },
    }),
  ];
}
