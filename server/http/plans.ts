// /api/plans: the library of plans, their versions and how they come into force (docs/plans.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { PlanAction, PlanRequest } from '../../contracts/records/plan-actions.ts';
import {
  createPlanSchema,
  MAX_PLAN_BYTES,
  planActions,
  planActionSchemas,
  planQuery,
} from '../../contracts/records/plan-actions.ts';
import { planVerbTitles } from '../../contracts/records/plan.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import type { AccessObject, Subject } from '../access/port.ts';
import type { PlanActor, PlanLibrary } from '../plans/port.ts';
import { checked } from './body.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

/** Duty numbers stand in it. */
const about = ({ id = '*' }: Readonly<Record<string, string>>): AccessObject => ({
  kind: 'plan',
  id,
  label: 'internal',
});
const slug = z.string().regex(/^[a-z0-9-]{1,80}$/);
export const planOf = (params: Readonly<Record<string, string>>): string => checked(params['id'], slug, 'id');
export const actorOf = ({ id, areas }: Subject): PlanActor => ({ id, reaches: reachesOf(areas) });

interface PlanRouteParts {
  readonly library: PlanLibrary;
  /** The library is kept in the live world; those beside it read it. */
  readonly isKept: boolean;
}

export function planRoutes(parts: PlanRouteParts): Route[] {
  const { library } = parts;
  const read = { method: 'get', action: 'read-plans', about } as const;
  return [
    route({
      ...read,
      path: '/api/plans',
      title: title('预案库', 'The library of plans, with what the linter counts'),
      query: planQuery,
      answer: ({ query }, response) => {
        response.json({ plans: library.list(query.kind) });
      },
    }),
    route({
      ...read,
      path: '/api/plans/:id',
      title: title('预案及各版本', 'One plan with its versions, findings and log'),
      query: null,
      answer: ({ params }, response) => {
        response.json(library.view(planOf(params)));
      },
    }),
    route({
      ...read,
      path: '/api/plans/:id/difference',
      title: title('两个版本的差异', 'How two versions of a plan differ, by clause'),
      query: z.strictObject({
        from: z.coerce.number().int().positive(),
        to: z.coerce.number().int().positive(),
      }),
      answer: ({ params, query }, response) => {
        response.json({ changes: library.difference(planOf(params), query) });
      },
    }),
    createRoute(parts),
    ...planActions.map((verb) => actionRoute(verb, parts)),
  ];
}

function createRoute({ library, isKept }: PlanRouteParts): Route {
  return route({
    method: 'post',
    path: '/api/plans',
    title: title('新建预案', 'A new plan, as a draft'),
    answers: { status: 201 },
    action: 'edit-plans',
    about,
    query: null,
    body: createPlanSchema,
    maxBytes: MAX_PLAN_BYTES,
    answer: async ({ subject, body }, response) => {
      requireKept(isKept);
      response.status(201).json(await library.create(actorOf(subject), body));
    },
  });
}

/** Whoever approves sends back as well. */
const DECIDES: ReadonlySet<PlanAction> = new Set(['approve', 'return']);

function actionRoute<A extends PlanAction>(verb: A, { library, isKept }: PlanRouteParts): Route {
  const { zh, en } = planVerbTitles[verb];
  return route<undefined, PlanRequest<A>>({
    method: 'post',
    path: `/api/plans/:id/${verb}`,
    title: { zh: `预案${zh}`, en: `${en} (plan)` },
    answers: { status: 201 },
    action: DECIDES.has(verb) ? 'approve-plans' : 'edit-plans',
    about,
    query: null,
    body: planActionSchemas[verb] as unknown as z.ZodType<PlanRequest<A>>,
    maxBytes: MAX_PLAN_BYTES,
    answer: async ({ subject, params, body }, response) => {
      requireKept(isKept);
      const view = await library.act(actorOf(subject), planOf(params), { verb, asked: body });
      response.status(201).json(view);
    },
  });
}

/** @throws CodedError request/forbidden */
function requireKept(isKept: boolean): void {
  if (!isKept)
    throw new CodedError(
      'request/forbidden',
      '预案库只在实况中修改 (plans are changed in the live world: leave out ?world=)',
    );
}
