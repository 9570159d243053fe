// /api/crisis: 战时 as a transaction (docs/crisis.md): previewed, proposed by one, approved by another, taken back.
import { z } from 'zod';
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import type {
  CrisisView,
  DecideRequest,
  ProposeRequest,
  ReviewAloneRequest,
} from '../../contracts/records/crisis.ts';
import {
  aloneSchema,
  decideSchema,
  previewSwitchSchema,
  proposeSchema,
  reviewAloneSchema,
} from '../../contracts/records/crisis.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import type { AccessObject, Action, Allow, Subject } from '../access/port.ts';
import type { CrisisActor, CrisisDesk } from '../crisis/port.ts';
import { checked } from './body.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const about = ({ id = '*' }: Readonly<Record<string, string>>): AccessObject => ({
  kind: 'crisis',
  id,
});
const id = z.coerce.number().int().positive();
const idOf = (params: Readonly<Record<string, string>>): number => checked(params['id'], id, 'id');

interface CrisisRouteParts {
  readonly allow: Allow;
  readonly crisis: CrisisDesk;
}

export function crisisRoutes(parts: CrisisRouteParts): Route[] {
  const { allow, crisis } = parts;
  const actorOf = actorWith(allow);
  return [
    route({
      method: 'get',
      path: '/api/crisis',
      title: title('平战状态、提议与切换记录', 'What holds, what is proposed, what was switched'),
      action: 'read-crisis',
      about,
      query: null,
      answer: ({ subject }, response) => {
        response.json(crisis.view(actorOf(subject)));
      },
    }),
    route({
      method: 'post',
      path: '/api/crisis/preview',
      title: title('切换预览', 'What a switch would change'),
      audit: 'none',
      action: 'propose-mode',
      about,
      query: null,
      body: previewSwitchSchema,
      answer: ({ subject, body: { change } }, response) => {
        response.json(crisis.preview(actorOf(subject), change));
      },
    }),
    change<ProposeRequest>(parts, 'proposals', {
      title: title('提议切换', 'Propose a switch'),
      action: 'propose-mode',
      body: proposeSchema,
      act: (by, asked) => crisis.propose(by, asked),
    }),
    change<ProposeRequest>(parts, 'alone', {
      title: title('单人切换（最长 60 分钟）', 'Switch alone, for an hour at most'),
      action: 'switch-mode',
      body: aloneSchema,
      act: (by, asked) => crisis.alone(by, asked),
    }),
    ...decisionRoutes(parts),
  ];
}

/** What is decided about a proposal, or about what one person did alone. */
function decisionRoutes(parts: CrisisRouteParts): Route[] {
  const { crisis } = parts;
  return [
    decision(parts, ['proposals', 'withdraw'], {
      title: title('撤回提议', 'Withdraw a proposal'),
      action: 'propose-mode',
    }),
    decision(parts, ['proposals', 'refuse'], {
      title: title('不批准提议', 'Refuse a proposal'),
      action: 'switch-mode',
    }),
    decision(parts, ['proposals', 'approve'], {
      title: title('批准并执行', 'Approve a proposal: it is done at once'),
      action: 'switch-mode',
    }),
    decision(parts, ['commits', 'confirm'], {
      title: title('确认单人切换', 'Let what one person did alone stand'),
      action: 'switch-mode',
    }),
    change<ReviewAloneRequest>(parts, 'commits/:id/review', {
      title: title('复核单人切换', 'Say whether a switch alone had to be'),
      action: 'approve-mode',
      body: reviewAloneSchema,
      act: (by, asked, commit) => crisis.review(by, commit, asked),
    }),
  ];
}

const actorWith =
  (allow: Allow) =>
  (subject: Subject): CrisisActor => ({
    id: subject.id,
    reaches: reachesOf(subject.areas),
    mayDecide: allow(subject, 'approve-mode', about({})),
  });

interface Change<B> {
  readonly title: Title;
  readonly action: Action;
  readonly body: z.ZodType<B>;
  readonly act: (by: CrisisActor, asked: B, id: number) => Promise<CrisisView>;
}

function change<B>({ allow }: CrisisRouteParts, path: string, { act, ...facts }: Change<B>): Route {
  const actorOf = actorWith(allow);
  return route<undefined, B>({
    method: 'post',
    path: `/api/crisis/${path}`,
    answers: { status: 201 },
    about,
    query: null,
    ...facts,
    answer: async ({ subject, params, body }, response) => {
      response
        .status(201)
        .json(await act(actorOf(subject), body, params['id'] === undefined ? 0 : idOf(params)));
    },
  });
}

function decision(
  parts: CrisisRouteParts,
  [of, verb]: ['proposals', 'withdraw' | 'refuse' | 'approve'] | ['commits', 'confirm'],
  facts: Pick<Change<DecideRequest>, 'title' | 'action'>,
): Route {
  return change<DecideRequest>(parts, `${of}/:id/${verb}`, {
    ...facts,
    body: decideSchema,
    act: (by, asked, decided) => parts.crisis[verb](by, decided, asked),
  });
}
