// /api/resources: what there is, what is near and enough by road, and calling it for an incident (docs/resources.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { resource } from '../../contracts/layers/resource.ts';
import { reachesOf, reachOf } from '../../contracts/records/reach.ts';
import {
  bookSchema,
  decideSchema,
  itemNames,
  kindNames,
  releaseSchema,
} from '../../contracts/records/resource.ts';
import type { Subject } from '../access/port.ts';
import type { Bookings, ResourceActor, Resources } from '../resources/port.ts';
import { checked } from './body.ts';
import { place } from './roads.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const about = () => ({ kind: 'resources', id: '*', label: 'internal' }) as const;
const id = z.coerce.number().int().positive();
const kind = z.enum(kindNames).optional();
const item = z.enum(itemNames);
const withinMin = z.coerce.number().min(1).max(600).default(120);

export const actorOf = ({ id: one, areas }: Subject): ResourceActor => ({
  id: one,
  reach: reachOf(areas, resource),
  reaches: reachesOf(areas),
});

interface ResourceRouteParts {
  readonly resources: Pick<Resources, 'resources' | 'nearest' | 'enough'>;
  readonly bookings: Bookings;
}

export function resourceRoutes({ resources, bookings }: ResourceRouteParts): Route[] {
  const read = { method: 'get', action: 'read-resources', about } as const;
  return [
    route({
      ...read,
      path: '/api/resources',
      title: title('应急资源', 'Resources with what of them is free, called, and running out'),
      query: z.strictObject({ kind, item: item.optional() }),
      answer: ({ subject, query }, response) => {
        response.json({ resources: resources.resources(actorOf(subject), query) });
      },
    }),
    route({
      ...read,
      path: '/api/resources/nearest',
      title: title('就近资源', 'The nearest resources by road, and why'),
      query: z.strictObject({
        ...place,
        kind,
        item: item.optional(),
        count: z.coerce.number().int().min(1).max(50).default(5),
        within: withinMin.describe('minutes by road'),
      }),
      answer: ({ subject, query }, response) => {
        const { lon, lat, within, ...asked } = query;
        response.json(resources.nearest(actorOf(subject), { ...asked, at: [lon, lat], withinMin: within }));
      },
    }),
    route({
      ...read,
      path: '/api/resources/enough',
      title: title('够用组合', 'The fewest resources that hold so much within the time'),
      query: z.strictObject({
        ...place,
        item,
        amount: z.coerce.number().int().min(1).max(1_000_000),
        within: withinMin.describe('minutes by road'),
      }),
      answer: ({ subject, query }, response) => {
        const { lon, lat, within, ...asked } = query;
        response.json(resources.enough(actorOf(subject), { ...asked, at: [lon, lat], withinMin: within }));
      },
    }),
    ...bookingRoutes(bookings),
  ];
}

function bookingRoutes(bookings: Bookings): Route[] {
  const book = { method: 'post', action: 'book-resources', about, query: null } as const;
  return [
    route({
      method: 'get',
      action: 'read-resources',
      about,
      path: '/api/resources/bookings',
      title: title('资源调用', 'What is called, for which incident'),
      query: z.strictObject({ incident: id.optional() }),
      answer: ({ subject, query }, response) => {
        response.json({ bookings: bookings.list(actorOf(subject), query.incident) });
      },
    }),
    route({
      ...book,
      path: '/api/resources/bookings',
      title: title('调用资源', 'Calls a resource for an incident'),
      answers: { status: 201 },
      body: bookSchema,
      answer: async ({ subject, body }, response) => {
        response.status(201).json(await bookings.book(actorOf(subject), body));
      },
    }),
    route({
      ...book,
      path: '/api/resources/bookings/:id/release',
      title: title('释放资源', 'Ends a booking'),
      answers: { status: 201 },
      body: releaseSchema,
      answer: async ({ subject, params, body }, response) => {
        const of = checked(params['id'], id, 'id');
        response.status(201).json(await bookings.release(actorOf(subject), of, body));
      },
    }),
    route({
      ...book,
      path: '/api/resources/bookings/:id/decide',
      action: 'decide-resources',
      title: title('裁定调用冲突', 'Decides who gets what two want'),
      answers: { status: 201 },
      body: decideSchema,
      answer: async ({ subject, params, body }, response) => {
        const of = checked(params['id'], id, 'id');
        response.status(201).json(await bookings.decide(actorOf(subject), of, body));
      },
    }),
  ];
}
