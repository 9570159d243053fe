// Calls to units: who lies inside an area, a message, roll-call or meeting to them, and what they answer (docs/orders.md).
import { z } from 'zod';
import type { LonLat } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import {
  answerSchema,
  areaQuery,
  callQuery,
  callSchema,
  MAX_CALL_BYTES,
} from '../../contracts/records/call.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import type { Subject } from '../access/port.ts';
import type { CallActor, Calls } from '../calls/port.ts';
import { checked } from './body.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const id = z.coerce.number().int().positive();
const about = ({ id: asked = '*' }: Readonly<Record<string, string>>) =>
  ({ kind: 'call', id: asked, label: 'internal' }) as const;
const actorOf = ({ id: who, areas }: Subject): CallActor => ({ id: who, areas, reaches: reachesOf(areas) });

export function callRoutes(calls: Calls): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/calls',
      title: title('通信呼叫', 'Calls to units with what they answered, newest first'),
      action: 'read-calls',
      about,
      query: callQuery,
      answer: ({ subject, query }, response) => {
        response.json(calls.list(reachesOf(subject.areas), query.unit));
      },
    }),
    route({
      method: 'get',
      path: '/api/calls/units',
      title: title('区域内的单位', 'Units that sit inside an area, with their numbers'),
      action: 'make-calls',
      about,
      query: areaQuery,
      answer: ({ subject, query }, response) => {
        const area = query.area as unknown as readonly LonLat[];
        response.json({ units: calls.inside(area, reachesOf(subject.areas)) });
      },
    }),
    route({
      method: 'post',
      path: '/api/calls',
      title: title('发起呼叫', 'A message, roll-call or meeting to units'),
      answers: { status: 201 },
      action: 'make-calls',
      about,
      query: null,
      body: callSchema,
      maxBytes: MAX_CALL_BYTES,
      answer: async ({ subject, body }, response) => {
        response.status(201).json(await calls.make(actorOf(subject), body));
      },
    }),
    route({
      method: 'post',
      path: '/api/calls/:id/answer',
      title: title('应答', 'What a unit answers'),
      action: 'answer-calls',
      about,
      query: null,
      body: answerSchema,
      answer: async ({ subject, params, body }, response) => {
        const call = await calls.answer(actorOf(subject), checked(params['id'], id, 'id'), body);
        response.json(call);
      },
    }),
  ];
}
