// /api/tasks: what units are asked to do for incidents, as an inbox by unit (docs/incidents.md, "Tasks").
import type { Response } from 'express';
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { errorCodes, CodedError } from '../../contracts/errors.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import type { TaskVerb } from '../../contracts/records/task.ts';
import { isDoneByUnit, taskVerbs, taskVerbTitles } from '../../contracts/records/task.ts';
import type { TaskConflict, TaskRequest } from '../../contracts/records/task-actions.ts';
import { giveTaskSchema, taskSchemas } from '../../contracts/records/task-actions.ts';
import type { AccessObject, Subject } from '../access/port.ts';
import type { Actor, Incidents, TaskOutcome } from '../command/port.ts';
import { checked } from './body.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const PAGE = 50;
const MAX_PAGE = 500;

const flag = z.enum(['yes', 'no']).optional();
const listQuery = z.strictObject({
  unit: z.string().max(60).optional(),
  incident: z.coerce.number().int().positive().optional(),
  open: flag,
  overdue: flag,
  from: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(PAGE),
});
const id = z.coerce.number().int().positive();
const idOf = (params: Readonly<Record<string, string>>): number => checked(params['id'], id, 'id');
/** What is to be done where is internal, as the incident it is for. */
const about = ({ id: asked = '*' }: Readonly<Record<string, string>>): AccessObject => ({
  kind: 'incident',
  id: asked,
  label: 'internal',
});
const actorOf = ({ id: name, areas }: Subject): Actor => ({ id: name, reaches: reachesOf(areas) });
const isYes = (said: 'yes' | 'no' | undefined): boolean | undefined =>
  said === undefined ? undefined : said === 'yes';

export function taskRoutes(incidents: Incidents): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/tasks',
      title: title('任务列表（单位收件箱）', 'Tasks by unit and incident, what is due first, first'),
      action: 'read-incidents',
      about,
      query: listQuery,
      answer: ({ subject, query: { open, overdue, ...rest } }, response) => {
        const asked = { ...rest, open: isYes(open), overdue: isYes(overdue) };
        response.json(incidents.tasks.list(asked, actorOf(subject).reaches));
      },
    }),
    route({
      method: 'get',
      path: '/api/tasks/:id',
      title: title('任务详情', 'One task, with what can be done'),
      action: 'read-incidents',
      about,
      query: null,
      answer: ({ subject, params }, response) => {
        response.json(incidents.tasks.view(idOf(params), actorOf(subject).reaches));
      },
    }),
    route({
      method: 'post',
      path: '/api/incidents/:id/tasks',
      title: title('下达任务', 'Give a task for an incident'),
      answers: { status: 201 },
      action: 'give-tasks',
      about,
      query: null,
      body: giveTaskSchema,
      answer: async ({ subject, params, body }, response) => {
        const actor = actorOf(subject);
        const incident = idOf(params);
        // What lies in another area is as if it were not there.
        const region = incidents.regionOf(incident);
        if (region === undefined || !actor.reaches(region))
          throw new CodedError('request/not-found', `incident ${incident}`);
        send(response, { incidents, actor }, await incidents.tasks.give(actor, incident, body));
      },
    }),
    ...taskVerbs.map((verb) => actionRoute(incidents, verb)),
  ];
}

function actionRoute<V extends TaskVerb>(incidents: Incidents, verb: V): Route {
  return route<undefined, TaskRequest<V>>({
    method: 'post',
    path: `/api/tasks/:id/${verb}`,
    title: { zh: `任务${taskVerbTitles[verb].zh}`, en: `${taskVerbTitles[verb].en} (task)` },
    answers: { status: 201 },
    action: isDoneByUnit(verb) ? 'do-tasks' : 'give-tasks',
    about,
    query: null,
    body: taskSchemas[verb] as unknown as z.ZodType<TaskRequest<V>>,
    answer: async ({ subject, params, body }, response) => {
      const actor = actorOf(subject);
      const outcome = await incidents.tasks.act(actor, idOf(params), { verb, asked: body });
      send(response, { incidents, actor }, outcome);
    },
  });
}

/** 201: done. 200: the same action was done before. 409: somebody was first; the body says what was not seen. */
function send(
  response: Response,
  { incidents, actor }: { readonly incidents: Incidents; readonly actor: Actor },
  outcome: TaskOutcome,
): void {
  if (outcome.outcome === 'held') throw new CodedError('request/conflict', outcome.why);
  const view = incidents.tasks.view(outcome.id, actor.reaches);
  if (outcome.outcome !== 'conflict') {
    response.status(outcome.outcome === 'done' ? 201 : 200).json(view);
    return;
  }
  const conflict: TaskConflict = {
    code: 'request/conflict',
    message: `${outcome.why}: ${errorCodes['request/conflict']}`,
    since: outcome.since,
    ...view,
  };
  response.status(409).json(conflict);
}
