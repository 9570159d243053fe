// /api/operations: what duty officers change by hand (docs/operator-routes.md).
import { z } from 'zod';
import type { Operation } from '../../contracts/records/operation.ts';
import {
  crisisSchema,
  feedSwitchSchema,
  fillSchema,
  mergeSchema,
  operationStates,
  silenceSchema,
  splitSchema,
  undoSchema,
} from '../../contracts/records/operation.ts';
import type { Operations } from '../operations/port.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

export function operationRoutes(operations: Operations): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/operations',
      action: 'read-operations',
      about: () => ({ kind: 'operation', id: '*' }),
      query: z.strictObject({ status: z.enum(operationStates).optional() }),
      answer: ({ query }, response) => {
        response.json({ operations: operations.list(query.status) });
      },
    }),
    route({
      method: 'get',
      path: '/api/operations/names',
      action: 'read-operations',
      about: () => ({ kind: 'operation', id: 'names' }),
      query: z.strictObject({ layer: z.string().min(1).max(200), key: z.string().min(1).max(200) }),
      answer: ({ query }, response) => {
        response.json({ names: operations.names(query) });
      },
    }),
    change('silence', silenceSchema, (by, asked) => operations.silence(by, asked)),
    change('fill', fillSchema, (by, asked) => operations.fill(by, asked)),
    change('alias/merge', mergeSchema, (by, asked) => operations.merge(by, asked)),
    change('alias/split', splitSchema, (by, asked) => operations.split(by, asked)),
    change('feed', feedSwitchSchema, (by, asked) => operations.switchFeed(by, asked)),
    change('mode', crisisSchema, (by, asked) => operations.declareCrisis(by, asked)),
    change('undo', undoSchema, (by, asked) => operations.undo(by, asked)),
  ];
}

function change<B>(
  name: string,
  body: z.ZodType<B>,
  act: (by: string, asked: B) => Promise<Operation>,
): Route {
  return route<undefined, B>({
    method: 'post',
    path: `/api/operations/${name}`,
    action: 'operate',
    about: () => ({ kind: 'operation', id: name }),
    query: null,
    body,
    answer: async ({ subject, body: asked }, response) => {
      response.status(201).json(await act(subject.id, asked));
    },
  });
}
