// /api/incidents: what people handle, from report to archive (docs/incidents.md).
import type { Response } from 'express';
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { errorCodes } from '../../contracts/errors.ts';
import { mayAct } from '../../contracts/records/incident-units.ts';
import { reachesOf } from '../../contracts/records/reach.ts';
import { grades, incidentKinds, stages, verbs, verbTitles } from '../../contracts/records/incident.ts';
import type { IncidentKind, Stage, Verb } from '../../contracts/records/incident.ts';
import { actionSchemas, fromRowSchema, reportSchema } from '../../contracts/records/incident-actions.ts';
import type { ActionRequest, Conflict, IncidentView } from '../../contracts/records/incident-actions.ts';
import type { AccessObject, Subject } from '../access/port.ts';
import type { Actor, Files, Incidents, Outcome } from '../command/port.ts';
import { checked, readBody } from './body.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

/** As many as a screen shows without turning pages. */
const PAGE = 50;
const MAX_PAGE = 500;
const MAX_FILE_BYTES = 5 * 1024 * 1024;

const flag = z.enum(['yes', 'no']).optional();
const listQuery = z.strictObject({
  stage: z.enum(stages as readonly [Stage, ...Stage[]]).optional(),
  grade: z.enum(grades).optional(),
  kind: z.enum(incidentKinds as readonly [IncidentKind, ...IncidentKind[]]).optional(),
  owner: z.string().max(60).optional(),
  unit: z.string().max(60).optional(),
  region: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
  open: flag,
  overdue: flag,
  supervised: flag,
  reportedFrom: z.coerce.number().int().optional().describe('epoch ms'),
  reportedTo: z.coerce.number().int().optional().describe('epoch ms, before'),
  text: z.string().min(1).max(60).optional(),
  sort: z.enum(['new', 'due']).default('new'),
  from: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(PAGE),
});
const boardQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(366).default(30).describe('How far back what was done counts'),
});
const id = z.coerce.number().int().positive();
const idOf = (params: Readonly<Record<string, string>>): number => checked(params['id'], id, 'id');
/** Titles, places and texts of incidents are internal, as those of the calls they are made of. */
const about = () => ({ kind: 'incident', id: '*', label: 'internal' }) as const;
/** That it lies in another area is told as if there were none: incident-areas.ts. */
const aboutOne = ({ id = '' }: Readonly<Record<string, string>>): AccessObject => ({
  kind: 'incident',
  id,
  label: 'internal',
});
const actorOf = ({ id: name, areas }: Subject): Actor => ({ id: name, reaches: reachesOf(areas) });
/** As it is shown to somebody: what they may read of it, and what they may do. */
function viewFor(incidents: Incidents, of: number, { labels, areas }: Subject): IncidentView {
  const view = incidents.view(of, labels);
  const reaches = reachesOf(areas);
  return { ...view, next: view.next.filter((verb) => mayAct(view.incident, reaches, verb)) };
}

export function incidentRoutes(incidents: Incidents, files: Files): Route[] {
  return [
    ...readRoutes(incidents),
    route({
      method: 'post',
      path: '/api/incidents',
      title: title('接报事件', 'Report an incident'),
      answers: { status: 201 },
      action: 'report-incidents',
      about,
      query: null,
      body: reportSchema,
      answer: async ({ subject, body }, response) =>
        send(response, { incidents, subject }, await incidents.report(actorOf(subject), body)),
    }),
    route({
      method: 'post',
      path: '/api/incidents/from-row',
      title: title('由警情、工单、舆情或预警生成事件', 'Make an incident of a call, ticket, post or warning'),
      answers: { status: 201 },
      action: 'report-incidents',
      about,
      query: null,
      body: fromRowSchema,
      answer: async ({ subject, body }, response) =>
        send(response, { incidents, subject }, await incidents.fromRow(actorOf(subject), body)),
    }),
    ...fileRoutes(files),
    ...verbs.map((verb) => actionRoute(incidents, verb)),
  ];
}

function readRoutes(incidents: Incidents): Route[] {
  const read = { method: 'get', action: 'read-incidents', about } as const;
  return [
    route({
      ...read,
      path: '/api/incidents',
      title: title('事件列表', 'Incidents by stage, grade, unit and place'),
      query: listQuery,
      answer: ({ subject, query: { open, overdue, supervised, ...rest } }, response) => {
        const asked = { ...rest, open: isYes(open), overdue: isYes(overdue), supervised: isYes(supervised) };
        response.json(incidents.list(asked, reachesOf(subject.areas)));
      },
    }),
    route({
      ...read,
      path: '/api/incidents/units',
      title: title('可承办事件的单位', 'Units that can handle incidents, and what can become one'),
      query: null,
      answer: (_asked, response) => {
        response.json({ units: incidents.units, signals: incidents.signals });
      },
    }),
    route({
      method: 'get',
      action: 'read-boards',
      about: () => ({ kind: 'incident', id: 'board' }),
      path: '/api/incidents/board',
      title: title('事件看板', 'Incidents counted by unit and county, and how they go between units'),
      query: boardQuery,
      answer: ({ subject, query: { days } }, response) => {
        response.json(incidents.board(days, reachesOf(subject.areas)));
      },
    }),
    route({
      ...read,
      path: '/api/incidents/:id',
      about: aboutOne,
      title: title('事件详情', 'One incident with its log, and what can be done'),
      query: null,
      answer: ({ params, subject }, response) => {
        response.json(viewFor(incidents, idOf(params), subject));
      },
    }),
    route({
      ...read,
      path: '/api/incidents/:id/similar',
      about: aboutOne,
      title: title('相似的已办事件', 'Closed incidents that were like it'),
      query: null,
      answer: ({ params, subject }, response) => {
        response.json({ incidents: incidents.similar(idOf(params), reachesOf(subject.areas)) });
      },
    }),
  ];
}

const isYes = (said: 'yes' | 'no' | undefined): boolean | undefined =>
  said === undefined ? undefined : said === 'yes';

function fileRoutes(files: Files): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/incidents/files',
      title: title(
        '上传照片或语音',
        'Send a photo (JPEG or PNG, at most 5 MB) or a voice note (WebM or MP4, at most 2 MB), to be named in an action',
      ),
      answers: { status: 201 },
      action: 'attach-files',
      about,
      query: null,
      answer: async ({ request }, response) => {
        response.status(201).json(await files.keep(await readBody(request, MAX_FILE_BYTES)));
      },
    }),
    route({
      method: 'get',
      path: '/api/incidents/files/:hash',
      title: title('事件照片或语音', 'A photo or a voice note of an incident'),
      answers: { type: 'image/jpeg' },
      action: 'read-incidents',
      about,
      query: null,
      answer: async ({ params }, response) => {
        const { ref, bytes } = await files.read(params['hash'] ?? '');
        response.set({
          'Content-Type': ref.type,
          'Cache-Control': 'private, max-age=31536000, immutable',
          // What is opened as a page of its own runs nothing.
          'Content-Security-Policy': "default-src 'none'; sandbox",
        });
        response.end(bytes);
      },
    }),
  ];
}

function actionRoute<V extends Verb>(incidents: Incidents, verb: V): Route {
  return route<undefined, ActionRequest<V>>({
    method: 'post',
    path: `/api/incidents/:id/${verb}`,
    title: { zh: `事件${verbTitles[verb].zh}`, en: `${verbTitles[verb].en} (incident)` },
    answers: { status: 201 },
    action: 'handle-incidents',
    about: aboutOne,
    query: null,
    body: actionSchemas[verb] as unknown as z.ZodType<ActionRequest<V>>,
    answer: async ({ subject, params, body }, response) =>
      send(
        response,
        { incidents, subject },
        await incidents.act(actorOf(subject), idOf(params), { verb, asked: body }),
      ),
  });
}

/** 201: done. 200: the same action was done before. 409: somebody was first; the body says what was not seen. */
function send(
  response: Response,
  { incidents, subject }: { readonly incidents: Incidents; readonly subject: Subject },
  outcome: Outcome,
): void {
  const view = viewFor(incidents, outcome.id, subject);
  if (outcome.outcome !== 'conflict') {
    response.status(outcome.outcome === 'done' ? 201 : 200).json(view);
    return;
  }
  const conflict: Conflict = {
    code: 'request/conflict',
    message: `${outcome.why}: ${errorCodes['request/conflict']}`,
    since: outcome.since,
    ...view,
  };
  response.status(409).json(conflict);
}
