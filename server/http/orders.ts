// Orders: given with their evidence, answered by the unit, looked at on the board (docs/orders.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import type { OrderRequest, OrderVerb } from '../../contracts/records/order.ts';
import {
  isDoneByIssuer,
  issueSchema,
  MAX_ISSUE_BYTES,
  orderQuery,
  orderSchemas,
  orderVerbs,
  orderVerbTitles,
} from '../../contracts/records/order.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import type { Subject } from '../access/port.ts';
import type { OrderActor, Orders } from '../orders/port.ts';
import { checked } from './body.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const id = z.string().regex(/^\d{1,10}-\d{1,3}$/, 'the id of an order: 41-1');
const idOf = (params: Readonly<Record<string, string>>): string => checked(params['id'], id, 'id');
const about = ({ id: asked = '*' }: Readonly<Record<string, string>>) =>
  ({ kind: 'order', id: asked, label: 'internal' }) as const;
const actorOf = ({ id: who, areas }: Subject): OrderActor => ({ id: who, areas, reaches: reachesOf(areas) });

export function orderRoutes(orders: Orders): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/orders',
      title: title('指令', 'Orders, newest first, with counts by state'),
      action: 'read-orders',
      about,
      query: orderQuery,
      answer: ({ subject, query }, response) => {
        response.json(orders.list(query, reachesOf(subject.areas)));
      },
    }),
    route({
      method: 'get',
      path: '/api/orders/:id',
      title: title('一条指令', 'An order with its log'),
      action: 'read-orders',
      about,
      query: null,
      answer: ({ subject, params }, response) => {
        response.json(orders.view(idOf(params), reachesOf(subject.areas)));
      },
    }),
    route({
      method: 'post',
      path: '/api/orders',
      title: title('下达指令', 'Gives an order to units, with the evidence frozen'),
      answers: { status: 201 },
      action: 'give-orders',
      about,
      query: null,
      body: issueSchema,
      maxBytes: MAX_ISSUE_BYTES,
      answer: async ({ subject, body }, response) => {
        response.status(201).json({ orders: await orders.issue(actorOf(subject), body) });
      },
    }),
    ...orderVerbs.map((verb) => actRoute(orders, verb)),
  ];
}

function actRoute<V extends OrderVerb>(orders: Orders, verb: V): Route {
  return route<undefined, OrderRequest<V>>({
    method: 'post',
    path: `/api/orders/:id/${verb}`,
    title: orderVerbTitles[verb],
    action: isDoneByIssuer(verb) ? 'give-orders' : 'answer-orders',
    about,
    query: null,
    body: orderSchemas[verb] as unknown as z.ZodType<OrderRequest<V>>,
    answer: async ({ subject, params, body }, response) => {
      response.json(await orders.act(actorOf(subject), idOf(params), { verb, asked: body }));
    },
  });
}
