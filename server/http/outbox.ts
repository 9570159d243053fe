// /api/outbox: what leaves the city, who approved it, what became of it (docs/outbound.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import {
  messageActionSchemas,
  messageKinds,
  messageStates,
  messageVerbs,
  statementSchema,
} from '../../contracts/records/message.ts';
import type {
  MessageAsked,
  MessageKind,
  MessageState,
  MessageVerb,
  StatementAsked,
} from '../../contracts/records/message.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import type { Action } from '../access/port.ts';
import type { Asker, Messages, Receipts } from '../outbound/port.ts';
import { checked, readBody } from './body.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

/** As many as a screen shows without turning pages. */
const PAGE = 50;
const MAX_PAGE = 500;
/** More than any receipt list. */
const MAX_RECEIPTS = 1024 * 1024;

const listQuery = z.strictObject({
  state: z.enum(messageStates as readonly [MessageState, ...MessageState[]]).optional(),
  kind: z.enum(messageKinds as readonly [MessageKind, ...MessageKind[]]).optional(),
  incident: z.coerce.number().int().positive().optional(),
  from: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(PAGE),
});
const id = z.coerce.number().int().positive();
/** They name what the incidents they come of name. */
const about = ({ id: of = '*' }: Readonly<Record<string, string>>) =>
  ({ kind: 'message', id: of, label: 'internal' }) as const;

const verbRoutes: Readonly<
  Record<MessageVerb, { readonly action: Action; readonly zh: string; readonly en: string }>
> = {
  word: { action: 'write-messages', zh: '修改待发消息', en: 'Word a draft anew' },
  approve: {
    action: 'approve-messages',
    zh: '审核待发消息',
    en: 'Approve a draft: somebody else than who worded it',
  },
  cancel: { action: 'write-messages', zh: '撤销待发消息', en: 'Cancel what was not sent' },
  retry: { action: 'write-messages', zh: '立即重新发送', en: 'Try again now' },
  read: { action: 'acknowledge-messages', zh: '确认收到通知', en: 'Acknowledge a notice' },
};

export function outboxRoutes({
  messages,
  receipts,
}: {
  readonly messages: Messages;
  readonly receipts: Receipts;
}): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/outbox',
      title: title('发件箱', 'Messages to people and systems outside, newest first'),
      action: 'read-messages',
      about,
      query: listQuery,
      answer: ({ subject, query }, response) => {
        response.json(messages.list(query, reachesOf(subject.areas)));
      },
    }),
    route({
      method: 'post',
      path: '/api/outbox/receipts',
      title: title('接收回执', 'Receipts of gateways, signed'),
      answers: { status: 202 },
      action: 'deliver',
      audit: 'none',
      about: () => ({ kind: 'message', id: '*' }),
      query: null,
      answer: async ({ request }, response) => {
        const body = await readBody(request, MAX_RECEIPTS);
        const answer = await receipts.deliver(request.headers, body);
        response.status(answer.status).json(answer.body);
      },
    }),
    route<undefined, StatementAsked>({
      method: 'post',
      path: '/api/outbox/statements',
      title: title('拟对外发布稿', 'Word a statement for the public: somebody else approves it'),
      answers: { status: 201 },
      action: 'write-messages',
      about,
      query: null,
      body: statementSchema,
      answer: async ({ subject, body }, response) => {
        const by: Asker = { id: subject.id, reaches: reachesOf(subject.areas) };
        response.status(201).json(await messages.publish(by, body));
      },
    }),
    ...messageVerbs.map((verb) => verbRoute(messages, verb)),
  ];
}

function verbRoute(messages: Messages, verb: MessageVerb): Route {
  const { action, zh, en } = verbRoutes[verb];
  return route<undefined, MessageAsked>({
    method: 'post',
    path: `/api/outbox/:id/${verb}`,
    title: { zh, en },
    action,
    about,
    query: null,
    body: messageActionSchemas[verb],
    answer: async ({ subject, params, body }, response) => {
      const by: Asker = { id: subject.id, reaches: reachesOf(subject.areas) };
      response.json(await messages.act(by, checked(params['id'], id, 'id'), { verb, asked: body }));
    },
  });
}
