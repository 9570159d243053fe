// Decision models: what they are, their runs, and what is done with an advice (docs/models.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { adoptSchema, dismissSchema, runSchema } from '../../contracts/records/advice.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import type { Subject } from '../access/port.ts';
import type { Advise, AdviseActor } from '../advise/port.ts';
import { checked } from './body.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const MAX_BYTES = 32_000;
const slug = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, 'a model of /api/decisions');
const runId = z.string().regex(/^[\w-]{8,64}$/, 'the action that asked for it');

const about = ({ slug: asked = '*' }: Readonly<Record<string, string>>) =>
  ({ kind: 'advice', id: asked, label: 'public' }) as const;
const actorOf = ({ id, areas, labels }: Subject): AdviseActor => ({ id, labels, reaches: reachesOf(areas) });
const runAt = (params: Readonly<Record<string, string>>) => ({
  model: checked(params['slug'], slug, 'slug'),
  id: checked(params['id'], runId, 'id'),
});

export function adviceRoutes(advise: Advise): Route[] {
  return [...readRoutes(advise), ...runRoutes(advise), ...decideRoutes(advise)];
}

function readRoutes(advise: Advise): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/decisions',
      title: title('推演模型与最新结果', 'Decision models, and what each advised last'),
      action: 'read-advice',
      about,
      query: null,
      answer: (_asked, response) => {
        response.json(advise.page());
      },
    }),
    route({
      method: 'get',
      path: '/api/decisions/:slug/runs/:id',
      title: title('一次推演', 'One run, whole: series, shapes and the rows it was made of'),
      action: 'read-advice',
      about,
      query: null,
      answer: async ({ subject, params }, response) => {
        response.json(await advise.run(actorOf(subject), runAt(params)));
      },
    }),
  ];
}

function runRoutes(advise: Advise): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/decisions/:slug/runs',
      title: title('启动推演', 'Runs a model'),
      answers: { status: 202 },
      action: 'run-models',
      about,
      query: null,
      body: runSchema,
      maxBytes: MAX_BYTES,
      answer: ({ subject, params, body }, response) => {
        response
          .status(202)
          .json(advise.start(actorOf(subject), checked(params['slug'], slug, 'slug'), body));
      },
    }),
    route({
      method: 'post',
      path: '/api/decisions/:slug/runs/:id/cancel',
      title: title('取消推演', 'Ends a run that is not over'),
      action: 'run-models',
      about,
      query: null,
      body: z.strictObject({}),
      maxBytes: MAX_BYTES,
      answer: ({ params }, response) => {
        const { model, id } = runAt(params);
        response.json(advise.cancel(model, id));
      },
    }),
  ];
}

function decideRoutes(advise: Advise): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/decisions/:slug/runs/:id/adopt',
      title: title('采纳推演方案', 'Adopts an option: its tasks are given for an incident'),
      answers: { status: 201 },
      action: 'adopt-advice',
      about,
      query: null,
      body: adoptSchema,
      maxBytes: MAX_BYTES,
      answer: async ({ subject, params, body }, response) => {
        response.status(201).json(await advise.adopt(actorOf(subject), runAt(params), body));
      },
    }),
    route({
      method: 'post',
      path: '/api/decisions/:slug/runs/:id/dismiss',
      title: title('不采纳推演', 'Says why an advice is not followed'),
      answers: { status: 201 },
      action: 'adopt-advice',
      about,
      query: null,
      body: dismissSchema,
      maxBytes: MAX_BYTES,
      answer: async ({ subject, params, body }, response) => {
        response.status(201).json(await advise.dismiss(actorOf(subject), runAt(params), body));
      },
    }),
  ];
}
