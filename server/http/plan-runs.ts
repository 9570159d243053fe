// Activations of plans: what would be done, doing it, how far it is and how well it kept to the plan (docs/plans.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { RunAction, RunRequest } from '../../contracts/records/plan-actions.ts';
import {
  activateSchema,
  changeQuery,
  previewQuery,
  runActions,
  runActionSchemas,
} from '../../contracts/records/plan-actions.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import type { AccessObject, Allow } from '../access/port.ts';
import type { Papers } from '../papers/port.ts';
import type { PlanRuns } from '../plans/port.ts';
import { checked } from './body.ts';
import { paperQuery, sendPaper } from './papers.ts';
import { actorOf, planOf } from './plans.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const id = z.coerce.number().int().positive();
const idOf = (params: Readonly<Record<string, string>>): number => checked(params['id'], id, 'id');
/** Of an incident, and internal as it is. */
const about = ({ id: asked = '*' }: Readonly<Record<string, string>>): AccessObject => ({
  kind: 'plan',
  id: asked,
  label: 'internal',
});

interface RunRouteParts {
  readonly allow: Allow;
  readonly runs: PlanRuns;
  readonly papers: Papers;
}

export function planRunRoutes(parts: RunRouteParts): Route[] {
  const { runs } = parts;
  return [...readRoutes(parts), ...startRoutes(runs), ...runActions.map((verb) => actionRoute(verb, runs))];
}

function readRoutes({ allow, runs, papers }: RunRouteParts): Route[] {
  const read = { method: 'get', action: 'read-incidents', about } as const;
  return [
    route({
      ...read,
      path: '/api/plan-runs',
      title: title('预案启动记录', 'Activations of plans, newest first'),
      query: z.strictObject({ incident: id.optional() }),
      answer: ({ subject, query }, response) => {
        response.json({ runs: runs.list(query.incident, reachesOf(subject.areas)) });
      },
    }),
    route({
      ...read,
      path: '/api/plan-runs/:id',
      title: title('预案执行进度', 'How far the steps of an activation are'),
      query: null,
      answer: ({ subject, params }, response) => {
        response.json(runs.progress(idOf(params), reachesOf(subject.areas)));
      },
    }),
    route({
      ...read,
      path: '/api/plan-runs/:id/preview',
      title: title('级别调整或终止的预览', 'What another level, or the end, would do'),
      query: changeQuery,
      answer: ({ subject, params, query: { level, reason } }, response) => {
        const to = { level: level === 'end' ? null : level, reason };
        response.json(runs.previewChange(actorOf(subject), idOf(params), to));
      },
    }),
    route({
      ...read,
      path: '/api/plan-runs/:id/conformance',
      title: title('预案执行评估', 'Planned against actual times, by clause'),
      query: null,
      answer: ({ subject, params }, response) => {
        response.json(runs.conformance(idOf(params), reachesOf(subject.areas)));
      },
    }),
    route({
      ...read,
      path: '/api/plan-runs/:id/conformance/file',
      action: 'export',
      audit: 'view',
      title: title('预案执行评估报告（Word 或 PDF）', 'The conformance report as Word or PDF'),
      answers: { type: 'application/pdf' },
      query: paperQuery,
      answer: async ({ subject, params, query }, response) => {
        if (!allow(subject, 'read-incidents', about(params)))
          throw new CodedError('request/forbidden', `activation ${params['id'] ?? ''}`);
        sendPaper(response, await papers.conformance(idOf(params), subject, query));
      },
    }),
  ];
}

function startRoutes(runs: PlanRuns): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/plans/:id/preview',
      title: title('启动预览', 'What an activation would do: tasks, notices, times'),
      action: 'read-plans',
      about,
      query: previewQuery,
      answer: ({ subject, params, query }, response) => {
        response.json(runs.preview(actorOf(subject), planOf(params), query));
      },
    }),
    route({
      method: 'post',
      path: '/api/plans/:id/activate',
      title: title('启动预案', 'Activates the version in force for an incident'),
      answers: { status: 201 },
      action: 'start-plans',
      about,
      query: null,
      body: activateSchema,
      answer: async ({ subject, params, body }, response) => {
        response.status(201).json(await runs.activate(actorOf(subject), planOf(params), body));
      },
    }),
  ];
}

const names = { level: title('调整响应级别', 'Raise or lower the response'), end: title('终止响应', 'End') };

function actionRoute<A extends RunAction>(verb: A, runs: PlanRuns): Route {
  return route<undefined, RunRequest<A>>({
    method: 'post',
    path: `/api/plan-runs/:id/${verb}`,
    title: names[verb],
    answers: { status: 201 },
    action: 'start-plans',
    about,
    query: null,
    body: runActionSchemas[verb] as unknown as z.ZodType<RunRequest<A>>,
    answer: async ({ subject, params, body }, response) => {
      response.status(201).json(await runs.act(actorOf(subject), idOf(params), { verb, asked: body }));
    },
  });
}
