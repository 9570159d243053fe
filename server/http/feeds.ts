// GET /api/feeds, /api/quarantine: what is connected, how it does, what was refused and why, whose clock is wrong.
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import type { FeedReport, QuarantineShelf, UnknownDevice } from '../ingest/port.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

export interface FeedSources {
  readonly feeds: () => readonly FeedReport[];
  readonly quarantine: (feed?: string) => readonly QuarantineShelf[];
  readonly unknownDevices: () => readonly UnknownDevice[];
}

export function feedRoutes({ feeds, quarantine, unknownDevices }: FeedSources): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/feeds',
      title: title('数据源', 'Feeds and how they do'),
      action: 'read-feeds',
      about: () => ({ kind: 'feed', id: '*' }),
      query: z.strictObject({}),
      answer: (_asked, response) => {
        response.json(feeds());
      },
    }),
    route({
      method: 'get',
      path: '/api/quarantine',
      title: title('隔离的记录', 'Records that were refused, and unknown devices'),
      action: 'read-quarantine',
      audit: 'view',
      about: () => ({ kind: 'feed', id: '*' }),
      query: z.strictObject({ feed: z.string().max(60).optional() }),
      answer: ({ query }, response) => {
        response.json({ shelves: quarantine(query.feed), unknownDevices: unknownDevices() });
      },
    }),
  ];
}
