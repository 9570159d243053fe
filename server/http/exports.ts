// /api/exports: exports that need a second person, asked for, decided on and fetched once; and word of what a page saves as
// a file itself (docs/access.md).
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import {
  askExportSchema,
  decideExportSchema,
  savedListSchema,
} from '../../contracts/records/export-request.ts';
import type { ExportSubject, SavedList } from '../../contracts/records/export-request.ts';
import type { Allow, ExportDesk, GlassHand, Subject } from '../access/port.ts';
import type { LiveWorld } from '../state/port.ts';
import { checked } from './body.ts';
import { columnsAbove } from './export.ts';
import type { ExportWay, ExportWays, Measured } from './export-way.ts';
import { requireAlone } from './export-way.ts';
import { knownLayer, labelOf } from './layers.ts';
import type { Asked, Route } from './route.ts';
import { route } from './route.ts';

export interface ExportDeskParts {
  readonly desk: ExportDesk;
  readonly world: LiveWorld;
  readonly allow: Allow;
  readonly ways: ExportWays;
}

const about = ({ id = '*' }: Readonly<Record<string, string>>) => ({ kind: 'export', id }) as const;
const exportId = z.coerce.number().int().positive();

const handOf = ({ request, subject }: Pick<Asked<unknown>, 'request' | 'subject'>): GlassHand => ({
  id: subject.id,
  roles: subject.roles,
  from: request.socket.remoteAddress ?? '',
});

/** The way of its kind. */
const wayOf = ({ ways }: ExportDeskParts, { kind }: ExportSubject) => ways[kind] as ExportWay<ExportSubject>;

export function exportDeskRoutes(parts: ExportDeskParts): Route[] {
  const { desk, world } = parts;
  return [
    route({
      method: 'get',
      path: '/api/exports',
      title: title('导出申请', 'Exports that were asked for, newest first'),
      action: 'read-exports',
      audit: 'view',
      about,
      query: z.strictObject({}),
      answer: (_asked, response) => {
        response.setHeader('Cache-Control', 'no-store').json({ exports: desk.list() });
      },
    }),
    route({
      method: 'get',
      path: '/api/exports/own',
      title: title('本人的导出申请', 'What one asked for oneself, newest first'),
      action: 'ask-exports',
      about,
      query: z.strictObject({}),
      answer: ({ subject }, response) => {
        response.setHeader('Cache-Control', 'no-store').json({ exports: desk.list(subject.id) });
      },
    }),
    route({
      method: 'post',
      path: '/api/exports',
      title: title('申请导出', 'Asks a second person for an export'),
      answers: { status: 201 },
      action: 'ask-exports',
      about,
      query: null,
      body: askExportSchema,
      answer: async (asked, response) => {
        const { subject, body } = asked;
        const measured: Measured<ExportSubject> = await wayOf(parts, body.asked).measure(body.asked, subject);
        const { id } = world.facts;
        response
          .status(201)
          .json(await desk.ask(handOf(asked), { ...measured, world: id, reason: body.reason }));
      },
    }),
    ...decideRoutes(parts),
    fetchRoute(parts),
    savedRoute(parts),
  ];
}

function decideRoutes({ desk }: ExportDeskParts): Route[] {
  const decide = (name: 'approve' | 'decline', words: ReturnType<typeof title>): Route =>
    route({
      method: 'post',
      path: `/api/exports/:id/${name}`,
      title: words,
      action: 'approve-exports',
      about,
      query: null,
      body: decideExportSchema,
      answer: async (asked, response) => {
        const id = checked(asked.params['id'], exportId, 'id');
        const said = { isApproved: name === 'approve', reason: asked.body.reason };
        response.json(await desk.decide(handOf(asked), id, said));
      },
    });
  return [
    decide('approve', title('批准导出', 'Approves an export of somebody else')),
    decide('decline', title('拒绝导出', 'Declines an export of somebody else')),
  ];
}

function fetchRoute(parts: ExportDeskParts): Route {
  const { desk, world } = parts;
  return route({
    method: 'get',
    path: '/api/exports/:id/file',
    title: title('领取导出文件', 'The file of an approved export, once'),
    answers: { type: 'application/octet-stream' },
    action: 'export',
    audit: 'view',
    about,
    query: z.strictObject({}),
    answer: async (asked, response) => {
      const id = checked(asked.params['id'], exportId, 'id');
      const found = desk.requireFetchable(asked.subject.id, id);
      if (found.world !== world.facts.id)
        throw new CodedError('request/not-found', `export ${id} in world ${world.facts.id}`);
      // What it cannot give now is said before it counts as fetched.
      const send = await wayOf(parts, found.asked).prepare(found.asked, asked.subject);
      await desk.fetch(handOf(asked), id);
      await send(response);
    },
  });
}

/** What a page holds already it can save: it is told what may stand in the file, and the audit log that it leaves. */
function savedRoute(parts: ExportDeskParts): Route {
  return route({
    method: 'post',
    path: '/api/exports/lists',
    title: title('页面导出清单', 'A page saves a list or a chart as a file'),
    action: 'export',
    audit: 'view',
    about,
    query: null,
    body: savedListSchema,
    answer: ({ subject, body, tell }, response) => {
      const withheld = body.what === 'list' ? withheldOf(parts, body, subject) : [];
      const hidden = withheld.length === 0 ? '' : `, without ${withheld.join(' ')}`;
      tell(`${body.what} ${body.id} as ${body.format}: ${body.rows} rows${hidden}`);
      response.json({ withheld });
    },
  });
}

/** Columns that must not stand in a list of one person alone. @throws CodedError access/approval for very many rows */
function withheldOf(
  { desk, world, allow }: ExportDeskParts,
  { id, rows, columns }: SavedList,
  subject: Subject,
): string[] {
  const { layer } = knownLayer(world, id);
  if (!allow(subject, 'read-layer', { kind: 'layer', id: layer.slug }))
    throw new CodedError('request/forbidden', `layer ${layer.slug}`);
  const own = labelOf(subject, layer.slug);
  const label = desk.labelAlone([layer.slug], own);
  // A list is of this moment: no range.
  requireAlone(desk.limitsOf([layer.slug], { rows, label, hours: 0, isWholeCity: true }), `list of ${id}`);
  return columnsAbove(layer, label, own).filter((name) => columns.includes(name));
}
