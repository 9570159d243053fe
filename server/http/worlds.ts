// /api/worlds: the worlds beside the live one; POST /api/worlds/:id/inbox/:name: what their simulated cities push.
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { newWorldSchema, worldClockSchema } from '../../contracts/records/world.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { Inbox } from '../kit/inbox.ts';
import type { Worlds } from '../worlds/port.ts';
import { answerDelivery } from './inbox.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const about = ({ id = '*' }: Readonly<Record<string, string>>) => ({ kind: 'world', id }) as const;

export function worldsRoutes(worlds: Worlds): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/worlds',
      title: title('世界', 'The worlds of this server'),
      action: 'read-worlds',
      about,
      query: z.strictObject({}),
      answer: (_asked, response) => {
        response.setHeader('Cache-Control', 'no-store').json(worlds.list());
      },
    }),
    route({
      method: 'post',
      path: '/api/worlds',
      title: title('新建演示或演练', 'Opens a demo or drill world'),
      action: 'run-worlds',
      about,
      query: null,
      body: newWorldSchema,
      answer: ({ body }, response) => {
        response.status(201).json(worlds.create(body));
      },
    }),
    ...runningRoutes(worlds),
  ];
}

/** What can be asked of a world that runs. */
function runningRoutes(worlds: Worlds): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/worlds/:id/clock',
      title: title('世界的时钟', 'Speed, pause and moment of a demo or drill world'),
      action: 'run-worlds',
      about,
      query: null,
      body: worldClockSchema,
      answer: ({ params, body }, response) => {
        response.json(worlds.setClock(params['id'] ?? '', body));
      },
    }),
    route({
      method: 'post',
      path: '/api/worlds/:id/reset',
      title: title('重新开始', 'Begins the scenario of a world anew'),
      action: 'run-worlds',
      about,
      query: null,
      answer: ({ params }, response) => {
        response.json(worlds.reset(params['id'] ?? ''));
      },
    }),
    route({
      method: 'delete',
      path: '/api/worlds/:id',
      title: title('结束世界', 'Ends a demo or drill world'),
      action: 'run-worlds',
      about,
      query: null,
      answer: async ({ params }, response) => {
        await worlds.remove(params['id'] ?? '');
        response.status(204).end();
      },
    }),
  ];
}

/** `inboxOf`: of a world beside the live one; null: there is no such world. */
export function worldInboxRoutes(inboxOf: (world: string) => Pick<Inbox, 'deliver'> | null): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/worlds/:id/inbox/:name',
      title: title('世界的推送入口', 'Webhooks of the simulated city of a world'),
      action: 'deliver',
      audit: 'none',
      about: ({ id = '', name = '' }) => ({ kind: 'inbox', id: name, world: id }),
      query: null,
      answer: async ({ request, params }, response) => {
        const inbox = inboxOf(params['id'] ?? '');
        if (!inbox) throw new CodedError('request/not-found', `world ${params['id']}`);
        await answerDelivery(inbox, { request, name: params['name'] ?? '' }, response);
      },
    }),
  ];
}
