// /api/operations: what duty officers change by hand (docs/operator-routes.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
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

const words = {
  silence: title('静默时钟有误的设备', 'Silence a device with a wrong clock'),
  fill: title('人工填报', 'Fill in a value by hand'),
  'alias/merge': title('合并名称', 'Say that two names are one thing'),
  'alias/split': title('拆分名称', 'Say that one name is two things'),
  feed: title('启停数据源', 'Switch a feed on or off'),
  mode: title('切换平战状态', 'Change the mode of an area'),
  undo: title('撤销', 'Take an operation back'),
};

export function operationRoutes(operations: Operations): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/operations',
      title: title('人工操作记录', 'What people changed by hand'),
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
      title: title('一个对象的名称', 'Names of one thing in its sources'),
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
  name: keyof typeof words,
  body: z.ZodType<B>,
  act: (by: string, asked: B) => Promise<Operation>,
): Route {
  return route<undefined, B>({
    method: 'post',
    path: `/api/operations/${name}`,
    title: words[name],
    answers: { status: 201 },
    action: 'operate',
    about: () => ({ kind: 'operation', id: name }),
    query: null,
    body,
    answer: async ({ subject, body: asked }, response) => {
      response.status(201).json(await act(subject.id, asked));
    },
  });
}
