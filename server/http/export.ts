// GET /api/layers/<slug>/export: the observations of a layer and a time range as a file, page by page from the history,
// so that neither side holds the whole. …/export/size: about how large it would be.
import { once } from 'node:events';
import type { Response } from 'express';
import { z } from 'zod';
import type { Label } from '../../contracts/column.ts';
import { labels } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { ShapeOf } from '../../contracts/geojson.ts';
import type { LayerExport } from '../../contracts/records/export-request.ts';
import { MOST_EXPORT_KEYS } from '../../contracts/records/export-request.ts';
import { reachOf } from '../../contracts/records/reach.ts';
import type { Allow, ExportDesk, Subject } from '../access/port.ts';
import type { History } from '../history/port.ts';
import type { Clock } from '../kit/clock.ts';
import { BYTE_ORDER_MARK, csvForm } from '../kit/publish/csv.ts';
import type { Place } from '../kit/publish/place.ts';
import { isoOf, publishedView } from '../kit/publish/published-row.ts';
import { parseIsoTime } from '../kit/times.ts';
import type { LiveWorld, WorldLayer } from '../state/port.ts';
import type { ExportWay, Measured } from './export-way.ts';
import { requireAlone } from './export-way.ts';
import { knownLayer, labelOf } from './layers.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_DAYS = 31;
/** Of one file: more than a spreadsheet holds, less than what keeps a history busy for an hour. */
const MOST_ROWS = 5_000_000;
/** Each keeps the reader of the history busy. */
const MOST_AT_ONCE = 4;
/** Rows of one page: about half a megabyte, and some ten milliseconds in which others wait. */
const PAGE_ROWS = 2000;
/** Rows looked at to say how large a file would be. */
const SAMPLE_ROWS = 50;

export interface ExportParts {
  readonly world: LiveWorld;
  readonly clock: Clock;
  readonly allow: Allow;
  readonly history: History;
  readonly shapeOf: ShapeOf;
  /** The rows are 演示数据. */
  readonly isDemo: boolean;
  /** What of an export needs a second person. */
  readonly desk: Pick<ExportDesk, 'labelAlone' | 'limitsOf'>;
}

const momentIn = (text: string): number => (/^-?\d{1,15}$/.test(text) ? Number(text) : parseIsoTime(text));

const moment = z
  .string()
  .max(60)
  .refine((text) => !Number.isNaN(momentIn(text)), 'epoch ms, or a moment as RFC 3339 has it')
  .transform(momentIn);

const exportQuery = z.strictObject({
  format: z.enum(['geojson', 'csv']).default('geojson'),
  from: moment.optional().describe('epoch ms or RFC 3339; a day before `to` where absent'),
  to: moment.optional().describe('epoch ms or RFC 3339; now where absent'),
  keys: z
    .string()
    .max(20_000)
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .refine((keys) => keys.length >= 1 && keys.length <= MOST_EXPORT_KEYS, `1–${MOST_EXPORT_KEYS} keys`)
    .optional()
    .describe('objects, with commas between them; all where absent'),
  language: z.enum(['zh', 'en']).default('zh').describe('of the head and the words of a table'),
});
type ExportQuery = z.output<typeof exportQuery>;

export function exportRoutes(parts: ExportParts): Route[] {
  const about = ({ slug }: Readonly<Record<string, string>>) => ({ kind: 'layer', id: slug ?? '' }) as const;
  return [
    route({
      method: 'get',
      path: '/api/layers/:slug/export/size',
      title: title('导出的大小', 'About how large an export would be, and whether it needs a second person'),
      action: 'measure-export',
      about,
      query: exportQuery,
      answer: async ({ params, query, subject }, response) => {
        const asked = askedOf(parts, knownLayer(parts.world, params.slug), { query, subject });
        const rows = await countOf(parts, asked);
        const sample = await pageOf(parts, asked, { after: null, limit: SAMPLE_ROWS });
        const bytes = sample.returned === 0 ? 0 : (sample.bytes.byteLength / sample.returned) * rows;
        const { from, to, held } = asked;
        const limits = limitsOf(parts, asked, rows);
        const withheld = columnsAbove(held.layer, asked.label, labelOf(subject, held.layer.slug));
        response.json({ from, to, rows, bytes: Math.round(bytes), mostRows: MOST_ROWS, limits, withheld });
      },
    }),
    route({
      method: 'get',
      path: '/api/layers/:slug/export',
      title: title('导出图层的一段时间', 'The observations of a layer in a range of time as a file'),
      answers: { type: 'application/geo+json' },
      action: 'export',
      audit: 'view',
      about,
      query: exportQuery,
      answer: async ({ params, query, subject, tell }, response) => {
        const asked = askedOf(parts, knownLayer(parts.world, params.slug), { query, subject });
        const rows = await countOf(parts, asked);
        requireAlone(limitsOf(parts, asked, rows), `export of ${asked.held.layer.slug}`);
        tell(`${query.format}, about ${rows} rows, ${asked.label}`);
        await (
          await prepare(parts, asked, rows)
        )(response);
      },
    }),
  ];
}

/** The same with what a second person approved. */
export function layerExportWay(parts: ExportParts): ExportWay<LayerExport> {
  const read = (asked: LayerExport, subject: Subject): Asked => {
    const held = knownLayer(parts.world, asked.layer);
    const { format, from, to, keys, language } = asked;
    const query = { format, from, to, keys, language };
    return askedOf(parts, held, { query, subject, withPersonal: asked.withPersonal });
  };
  return {
    measure: async (said, subject): Promise<Measured<LayerExport>> => {
      const asked = read(said, subject);
      const rows = await countOf(parts, asked);
      requireFits(rows);
      return {
        asked: { ...said, from: asked.from, to: asked.to },
        measure: measureOf(asked, rows),
        limits: limitsOf(parts, asked, rows),
      };
    },
    prepare: async (said, subject) => {
      const asked = read(said, subject);
      return prepare(parts, asked, await countOf(parts, asked));
    },
  };
}

/** Names of columns whose class is above `label`, and not above what is read. */
export function columnsAbove(layer: Layer, label: Label, own: Label): string[] {
  const rank = (name: Label): number => labels.indexOf(name);
  return Object.entries(layer.columns)
    .filter(([, { label: of = 'public' }]) => rank(of) > rank(label) && rank(of) <= rank(own))
    .map(([name]) => name);
}

const limitsOf = ({ desk }: ExportParts, asked: Asked, rows: number) =>
  desk.limitsOf([asked.held.layer.slug], measureOf(asked, rows));

function measureOf({ held, from, to, keys, label, subject }: Asked, rows: number) {
  const isWholeCity = keys === null && reachOf(subject.areas, held.layer) === null;
  // A class none of its columns has is none it holds.
  const isAbove = columnsAbove(held.layer, 'public', label).length > 0;
  return { rows, label: isAbove ? label : 'public', hours: (to - from) / HOUR_MS, isWholeCity } as const;
}

interface Asked {
  readonly held: WorldLayer;
  readonly from: number;
  readonly to: number;
  readonly keys: readonly string[] | null;
  readonly query: ExportQuery;
  readonly subject: Subject;
  /** Highest class of columns of the file. */
  readonly label: Label;
}

/** Without `withPersonal` it is what needs no second person. @throws CodedError request/forbidden, request/invalid naming the range */
function askedOf(
  { allow, clock, desk }: ExportParts,
  held: WorldLayer,
  { query, subject, withPersonal = false }: Pick<Asked, 'query' | 'subject'> & { withPersonal?: boolean },
): Asked {
  if (!allow(subject, 'read-history', { kind: 'world', id: 'history' })) {
    throw new CodedError('request/forbidden', `the past of layer ${held.layer.slug}`);
  }
  if (query.format === 'csv' && held.layer.kind === 'grid') {
    throw new CodedError('request/invalid', `format csv: ${held.layer.slug} is a grid, which geojson holds`);
  }
  const to = Math.min(query.to ?? clock.now(), clock.now());
  const from = query.from ?? to - DAY_MS;
  if (from > to) {
    throw new CodedError('request/invalid', `from ${isoOf(from)} is not before to ${isoOf(to)}`);
  }
  if (to - from > MOST_DAYS * DAY_MS) {
    const days = Math.ceil((to - from) / DAY_MS);
    throw new CodedError(
      'request/invalid',
      `from, to: ${days} days, up to ${MOST_DAYS} are exported at once`,
    );
  }
  const own = labelOf(subject, held.layer.slug);
  const label = withPersonal ? own : desk.labelAlone([held.layer.slug], own);
  return { held, from, to, keys: query.keys ?? null, query, subject, label };
}

/** About. Of some objects only: their share of all, as if all spoke as often. */
async function countOf({ history }: ExportParts, { held, from, to, keys }: Asked): Promise<number> {
  const all = await history.ask('observedCount', { layer: held.layer.slug, from, to });
  const share = keys ? Math.min(1, keys.length / Math.max(1, held.table.size)) : 1;
  return Math.ceil(all * share);
}

interface Step {
  readonly after: Place | null;
  readonly limit: number;
}

function pageOf(
  { history }: ExportParts,
  { held, from, to, keys, query, subject, label }: Asked,
  step: Step,
) {
  const selection = { boxes: null, where: [], reach: reachOf(subject.areas, held.layer) };
  return history.ask('observedPage', {
    ...{ layer: held.layer.slug, label, selection },
    ...{ from, to, keys, as: query.format, language: query.language, withDetail: true },
    ...step,
  });
}

/** @throws CodedError request/invalid */
function requireFits(rows: number): void {
  if (rows <= MOST_ROWS) return;
  throw new CodedError(
    'request/invalid',
    `from, to: about ${rows} observations, up to ${MOST_ROWS} are exported at once: ask for less time or some keys`,
  );
}

/** Exports that are being written, of all worlds. */
let running = 0;

/** What goes wrong at once is still an answer of its own. */
async function prepare(parts: ExportParts, asked: Asked, rows: number) {
  requireFits(rows);
  if (running >= MOST_AT_ONCE) throw new CodedError('request/too-many', `${running} exports are running`);
  const first = await pageOf(parts, asked, { after: null, limit: PAGE_ROWS });
  return async (response: Response): Promise<void> => {
    setHead(response, asked, rows);
    running += 1;
    try {
      await send(parts, { asked, first }, response);
    } finally {
      running -= 1;
    }
  };
}

async function send(
  parts: ExportParts,
  { asked, first }: { readonly asked: Asked; readonly first: Awaited<ReturnType<typeof pageOf>> },
  response: Response,
): Promise<void> {
  let page = first;
  const { head, between, tail } = frameOf(parts, asked);
  response.write(head);
  for (;;) {
    const isTaken = response.write(page.bytes);
    if (!isTaken && !(await drained(response))) return;
    if (response.destroyed) return;
    if (!page.next) break;
    if (between !== '') response.write(between);
    try {
      page = await pageOf(parts, asked, { after: page.next, limit: PAGE_ROWS });
    } catch (error) {
      // A file that ends in the middle must not look whole.
      response.destroy(error instanceof Error ? error : new Error(String(error)));
      return;
    }
  }
  response.end(tail);
}

/** false: whoever asked is gone. */
async function drained(response: Response): Promise<boolean> {
  if (response.destroyed) return false;
  await Promise.race([once(response, 'drain'), once(response, 'close')]);
  return !response.destroyed;
}

function setHead(response: Response, { held, from, to, query }: Asked, rows: number): void {
  const stamp = (at: number): string => (isoOf(at) ?? '').slice(0, 19).replaceAll(/[-:]/g, '');
  const name = `${held.layer.slug}-${stamp(from)}Z-${stamp(to)}Z.${query.format}`;
  response.set({
    'Content-Type': query.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/geo+json',
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
    'X-Rows-About': String(rows),
  });
}

interface Frame {
  readonly head: string;
  readonly between: string;
  readonly tail: string;
}

/** What stands around the rows. */
function frameOf({ shapeOf, isDemo }: ExportParts, { held, from, to, query, label }: Asked): Frame {
  const layer: Layer = held.layer;
  if (query.format === 'csv') {
    const view = publishedView(layer, { label, shapeOf, withDetail: true });
    return { head: BYTE_ORDER_MARK + csvForm(layer, view, query.language).head, between: '', tail: '' };
  }
  const facts = {
    type: 'FeatureCollection',
    layer: layer.slug,
    title: layer.title,
    from: isoOf(from),
    to: isoOf(to),
    ...(isDemo ? { dataClass: 'demo', attribution: '演示数据 demo data' } : {}),
  };
  return { head: `${JSON.stringify(facts).slice(0, -1)},"features":[\n`, between: ',\n', tail: '\n]}\n' };
}
