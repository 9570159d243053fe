// /api/operations: what duty officers change by hand (docs/operator-routes.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import type { Operation } from '../../contracts/records/operation.ts';
import {
  feedSwitchSchema,
  fillSchema,
  mergeSchema,
  operationStates,
  silenceSchema,
  splitSchema,
  undoSchema,
} from '../../contracts/records/operation.ts';
import { CodedError } from '../../contracts/errors.ts';
import { isWithin, recordReach } from '../../contracts/records/reach.ts';
import type { Subject } from '../access/port.ts';
import type { Operations } from '../operations/port.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const words = {
  silence: title('静默时钟有误的设备', 'Silence a device with a wrong clock'),
  fill: title('人工填报', 'Fill in a value by hand'),
  'alias/merge': title('合并名称', 'Say that two names are one thing'),
  'alias/split': title('拆分名称', 'Say that one name is two things'),
  feed: title('启停数据源', 'Switch a feed on or off'),
  undo: title('撤销', 'Take an operation back'),
};

/** Code of the region of a row; null: there is no such row. */
export type RegionOf = (row: { readonly layer: string; readonly key: string }) => string | null;

interface Rules {
  readonly regionOf: RegionOf;
}

export function operationRoutes(operations: Operations, rules: Rules): Route[] {
  const change = changeWith(rules);
  return [
    route({
      method: 'get',
      path: '/api/operations',
      title: title('人工操作记录', 'What people changed by hand'),
      action: 'read-operations',
      about: () => ({ kind: 'operation', id: '*' }),
      query: z.strictObject({ status: z.enum(operationStates).optional() }),
      answer: ({ query, subject }, response) => {
        const all = operations.list(query.status);
        response.json({ operations: all.filter(({ body }) => isOwn(body, subject, rules.regionOf)) });
      },
    }),
    route({
      method: 'get',
      path: '/api/operations/names',
      title: title('一个对象的名称', 'Names of one thing in its sources'),
      action: 'read-operations',
      about: () => ({ kind: 'operation', id: 'names' }),
      query: z.strictObject({ layer: z.string().min(1).max(200), key: z.string().min(1).max(200) }),
      answer: ({ query, subject }, response) => {
        requireOwn(query, subject, rules.regionOf);
        response.json({ names: operations.names(query) });
      },
    }),
    change('silence', silenceSchema, (by, asked) => operations.silence(by, asked)),
    change('fill', fillSchema, (by, asked) => operations.fill(by, asked)),
    change('alias/merge', mergeSchema, (by, asked) => operations.merge(by, asked)),
    change('alias/split', splitSchema, (by, asked) => operations.split(by, asked)),
    change('feed', feedSwitchSchema, (by, asked) => operations.switchFeed(by, asked)),
    change('undo', undoSchema, (by, asked) => operations.undo(by, asked), {
      of: ({ id }) => operations.list().find((operation) => operation.id === id),
    }),
  ];
}

type Body = Readonly<Record<string, unknown>>;

/** Of what an operation is about: a row, an area; what has neither, a feed, is the city's alone. */
function isOwn(body: Body, subject: Subject, regionOf: RegionOf): boolean {
  const reach = recordReach(subject.areas);
  if (reach === null) return true;
  const { area, layer, key } = body;
  if (typeof area === 'string') return isWithin(reach, area);
  if (typeof layer !== 'string' || typeof key !== 'string') return false;
  const region = regionOf({ layer, key });
  return region !== null && isWithin(reach, region);
}

/** @throws CodedError request/forbidden */
function requireOwn(body: Body, subject: Subject, regionOf: RegionOf): void {
  const parts = typeof body['into'] === 'string' ? [body, { ...body, key: body['into'] }] : [body];
  if (!parts.every((part) => isOwn(part, subject, regionOf)))
    throw new CodedError('request/forbidden', 'it lies outside the own area');
}

/** Where an operation is about another one: that one. */
interface Other<B> {
  readonly of: (asked: B) => Pick<Operation, 'kind' | 'body'> | undefined;
}

function changeWith({ regionOf }: Rules) {
  return function change<B extends Body>(
    name: keyof typeof words,
    body: z.ZodType<B>,
    ...[act, other]: [(by: string, asked: B) => Promise<Operation>, Other<B>?]
  ): Route {
    const about = { kind: 'operation', id: name } as const;
    return route<undefined, B>({
      method: 'post',
      path: `/api/operations/${name}`,
      title: words[name],
      answers: { status: 201 },
      action: 'operate',
      about: () => about,
      query: null,
      body,
      answer: async ({ subject, body: asked }, response) => {
        const target = other?.of(asked);
        if (!other || target) requireOwn(target?.body ?? asked, subject, regionOf);
        response.status(201).json(await act(subject.id, asked));
      },
    });
  };
}
