// GET /api/layers…: definitions, rows as GeoJSON or JSON, one row with its details and its source.
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import type { Column } from '../../contracts/column.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { ShapeOf } from '../../contracts/geojson.ts';
import { featureOf } from '../../contracts/geojson.ts';
import type { Reach } from '../../contracts/records/reach.ts';
import type { Reading } from '../../contracts/records/reach.ts';
import { isWithin, layerLabels, reachOf } from '../../contracts/records/reach.ts';
import type { FeedReport } from '../ingest/port.ts';
import type { Subject } from '../access/port.ts';
import { nearest } from '../kit/nearest-word.ts';
import type { LiveWorld, WorldLayer } from '../state/port.ts';
import { labels } from '../../contracts/column.ts';
import type { Label } from '../../contracts/column.ts';
import { units } from '../../contracts/units.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const MAX_ROWS = 10_000;

/** west,south,east,north in degrees. */
const bbox = z
  .string()
  .transform((text) => text.split(',').map(Number))
  .pipe(
    z.tuple([
      z.number().min(-180).max(180),
      z.number().min(-90).max(90),
      z.number().min(-180).max(180),
      z.number().min(-90).max(90),
    ]),
  )
  .refine(([west, south, east, north]) => west <= east && south <= north, 'west,south,east,north in degrees');

const rowsQuery = z.strictObject({
  format: z.enum(['geojson', 'json']).default('geojson'),
  bbox: bbox.optional(),
  limit: z.coerce.number().int().min(1).max(MAX_ROWS).default(MAX_ROWS),
});

export interface LayerSources {
  readonly world: LiveWorld;
  readonly feeds: () => readonly FeedReport[];
  /** Shapes of rows that refer to a tileset. */
  readonly shapeOf: ShapeOf;
}

export function layerRoutes(sources: LayerSources): Route[] {
  return [definitionsRoute(sources), rowsRoute(sources), rowRoute(sources)];
}

const about = (params: Readonly<Record<string, string>>) =>
  ({ kind: 'layer', id: params.slug ?? '' }) as const;

function definitionsRoute({ world }: LayerSources): Route {
  return route({
    method: 'get',
    path: '/api/layers',
    title: title('图层定义', 'Layers, their columns and rows'),
    action: 'read-layer',
    about: () => ({ kind: 'layer', id: '*' }),
    query: z.strictObject({}),
    answer: ({ subject }, response) => {
      const layers = [...world.layers.values()];
      response.json(
        layers.map((held) => {
          const reach = reachOf(subject.areas, held.layer);
          const rows = reach
            ? liveSlots(held).filter((slot) => isIn(held, slot, reach)).length
            : held.table.size;
          return { ...held.layer, rows, updatedAt: held.updatedAt };
        }),
      );
    },
  });
}

function rowsRoute({ world, shapeOf }: LayerSources): Route {
  return route({
    method: 'get',
    path: '/api/layers/:slug',
    title: title('图层的行', 'Rows of a layer'),
    answers: { type: 'application/geo+json' },
    action: 'read-layer',
    about,
    query: rowsQuery,
    answer: ({ params, query, subject }, response) => {
      const held = layerOf(world, params.slug);
      const reach = reachOf(subject.areas, held.layer);
      const all = query.bbox ? slotsWithin(world, held, query.bbox) : liveSlots(held);
      const slots = reach ? all.filter((slot) => isIn(held, slot, reach)) : all;
      const shown = slots.slice(0, query.limit);
      const label = labelOf(subject, held.layer.slug);
      const head = { at: held.updatedAt, total: slots.length, truncated: slots.length > shown.length };
      if (query.format === 'json') {
        response.json({
          ...head,
          rows: shown.map((slot) => plainRow(held, slot, { label, withDetail: false })),
        });
        return;
      }
      const features = shown.map((slot) => featureOf(held.table, slot, { label, shapeOf }));
      const body = JSON.stringify({ type: 'FeatureCollection', ...head, features });
      response.type('application/geo+json').send(body);
    },
  });
}

function rowRoute({ world, feeds }: LayerSources): Route {
  return route({
    method: 'get',
    path: '/api/layers/:slug/rows/:key',
    title: title('一行', 'One row with its long texts and its source'),
    action: 'read-layer',
    audit: 'view',
    about,
    query: z.strictObject({}),
    answer: ({ params, subject }, response) => {
      const held = layerOf(world, params.slug);
      const slot = slotFor(held, params.key ?? '', subject);
      if (slot < 0) throw new CodedError('request/not-found', `row ${params.key} of layer ${params.slug}`);
      const label = labelOf(subject, held.layer.slug);
      response.json({
        layer: held.layer.slug,
        row: plainRow(held, slot, { label, withDetail: true }),
        columns: columnFacts(held, label),
        source: feeds().find((feed) => feed.id === held.table.sourceAt(slot)) ?? null,
      });
    },
  });
}

/** @throws CodedError request/not-found with the name that was probably meant */
export function knownLayer(world: LiveWorld, slug: string | undefined): WorldLayer {
  const held = world.layers.get(slug ?? '');
  if (held) return held;
  throw new CodedError('request/not-found', `layer ${slug}${didYouMean(slug ?? '', world.layers.keys())}`);
}

/** The end of a sentence; '' where nothing known is near. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const near = nearest(word, [...known]);
  return near === null ? '' : `: did you mean ${near}?`;
}

/** @throws CodedError request/not-found */
export function layerOf(world: LiveWorld, slug: string | undefined): WorldLayer {
  const held = world.layers.get(slug ?? '');
  if (!held) throw new CodedError('request/not-found', `layer ${slug}`);
  return held;
}

/** The highest class of columns of a layer this subject may read; null: of any. */
export function labelOf(subject: Subject, layer: string | null): Label {
  const readable = layerLabels(subject, layer);
  const label = labels.findLast((name) => readable.includes(name));
  if (!label) throw new CodedError('request/forbidden', `subject ${subject.id} may read no class`);
  return label;
}

/** Of several layers: a department reads more of its own. */
export function readingOf(subject: Subject, layers: readonly string[]): Reading {
  const label = labelOf(subject, null);
  const own = layers.filter((slug) => labelOf(subject, slug) !== label);
  const [first] = own;
  return first === undefined ? { label } : { label, own: { layers: own, label: labelOf(subject, first) } };
}

/** Whether a row lies in somebody's areas. */
export const isIn = ({ table }: WorldLayer, slot: number, reach: Reach | null): boolean =>
  reach === null || isWithin(reach, table.regionAt(slot));

/** −1 where there is no such row, or none for this subject: nobody learns which. */
export function slotFor(held: WorldLayer, key: string, subject: Subject): number {
  const slot = held.table.slotOf(key);
  return slot >= 0 && isIn(held, slot, reachOf(subject.areas, held.layer)) ? slot : -1;
}

function liveSlots({ table }: WorldLayer): number[] {
  const slots: number[] = [];
  for (let slot = 0; slot < table.highWater; slot += 1) if (table.alive[slot] === 1) slots.push(slot);
  return slots;
}

function slotsWithin(
  world: LiveWorld,
  held: WorldLayer,
  box: readonly [number, number, number, number],
): number[] {
  const slots = world.within(held.layer.slug, box);
  if (!slots) throw new CodedError('request/invalid', `bbox: layer ${held.layer.slug} has no positions`);
  return slots;
}

export function mayRead(column: Column, label: Label): boolean {
  return labels.indexOf(column.label ?? 'public') <= labels.indexOf(label);
}

/** A row as JSON; detail columns only where they are asked for. */
export function plainRow(
  held: WorldLayer,
  slot: number,
  { label, withDetail }: { label: Label; withDetail: boolean },
): unknown {
  const row = held.table.row(slot);
  const shown = Object.entries<unknown>(row.values).filter(([name]) => {
    const column = held.layer.columns[name];
    return column && mayRead(column, label) && (withDetail || !column.detail);
  });
  return { ...row, values: Object.fromEntries(shown.map(([name, value]) => [name, jsonValue(value)])) };
}

/** Typed arrays become lists; a cell without coverage becomes null. */
function jsonValue(value: unknown): unknown {
  if (
    typeof value !== 'object' ||
    value === null ||
    !('values' in value) ||
    !(value.values instanceof Float32Array)
  )
    return value;
  return { ...value, values: [...value.values].map((cell) => (Number.isNaN(cell) ? null : cell)) };
}

function columnFacts({ layer }: WorldLayer, label: Label): unknown {
  const readable = Object.entries<Column>(layer.columns).filter(([, column]) => mayRead(column, label));
  return Object.fromEntries(
    readable.map(([name, column]) => [
      name,
      'unit' in column ? { ...column, unitTitle: units[column.unit as keyof typeof units] ?? null } : column,
    ]),
  );
}
