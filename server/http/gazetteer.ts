// GET /api/gazetteer: every named place of the city with its readings, for search boxes.
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

/** One named place, as pages see it. */
export interface NamedPlace {
  readonly id: string;
  readonly name: string;
  readonly en: string;
  readonly aliases: readonly string[];
  readonly kind: string;
  readonly lon: number;
  readonly lat: number;
  /** The whole reading without tones or gaps, and its first letters: what a list of readings cannot guess for names. */
  readonly pinyin: string;
  readonly initials: string;
  readonly countyCode: string;
}

/** `places`: made once at the start. */
export function gazetteerRoutes(places: readonly NamedPlace[]): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/gazetteer',
      title: title('地名', 'Named places'),
      action: 'read-city',
      about: () => ({ kind: 'world', id: 'city' }),
      query: z.strictObject({}),
      answer: (_asked, response) => {
        response.json(places);
      },
    }),
  ];
}
