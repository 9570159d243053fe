// GET /api/layers/<slug>/series: what one object, or some, said over time, for charts and sparklines.
import { z } from 'zod';
import { title } from '../../contracts/declare.ts';
import type { Column } from '../../contracts/column.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { Layer } from '../../contracts/layer.ts';
import { units } from '../../contracts/units.ts';
import { reachOf } from '../../contracts/records/reach.ts';
import type { Subject } from '../access/port.ts';
import type { LoadedSeries, SeriesReader } from '../history/port.ts';
import type { Clock } from '../kit/clock.ts';
import type { LiveWorld, WorldLayer } from '../state/port.ts';
import { didYouMean, knownLayer, labelOf, mayRead, slotFor } from './layers.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const DAY_MS = 24 * 3_600_000;
const MAX_KEYS = 50;
/** Read from files: days times objects. */
const MOST_OBJECT_DAYS = 62;
/** Of one answer, all objects together. */
const MAX_POINTS = 20_000;
/** Seconds: what people read an axis in. */
const STEPS_S = [1, 5, 10, 30, 60, 300, 600, 900, 1800, 3600, 21_600, 86_400];

const list = z
  .string()
  .max(20_000)
  .transform((text) => text.split(',').filter((part) => part !== ''));

const seriesQuery = z
  .strictObject({
    key: z.string().max(200).optional(),
    keys: list.optional(),
    columns: list.optional(),
    /** Epoch ms. */
    from: z.coerce.number().int().optional(),
    to: z.coerce.number().int().optional(),
    stepS: z.coerce.number().int().min(0).max(86_400).optional(),
    agg: z.enum(['last', 'mean', 'min', 'max']).default('last'),
  })
  .refine(({ key, keys }) => (key === undefined) !== (keys === undefined), 'give key or keys');
type SeriesQuery = z.output<typeof seriesQuery>;

export interface SeriesParts {
  readonly world: LiveWorld;
  readonly clock: Clock;
  readonly series: SeriesReader;
}

export function seriesRoutes(parts: SeriesParts): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/layers/:slug/series',
      title: title('时间序列', 'Values of objects over time'),
      action: 'read-layer',
      about: (params) => ({ kind: 'layer', id: params.slug ?? '' }),
      query: seriesQuery,
      answer: async ({ params, query, subject }, response) => {
        response.json(await answer(parts, { slug: params.slug, query, subject }));
      },
    }),
  ];
}

interface Asked {
  readonly slug: string | undefined;
  readonly query: SeriesQuery;
  readonly subject: Subject;
}

async function answer(
  { world, clock, series }: SeriesParts,
  { slug, query, subject }: Asked,
): Promise<unknown> {
  const held = knownLayer(world, slug);
  const { layer } = held;
  const columns = columnsOf(layer, query.columns, subject);
  const { from, to } = rangeOf(query, clock.now());
  const isInMemory = series.isInMemory(layer, from, clock.now());
  const keys = keysOf(held, isInMemory ? series.keys(layer) : null, query);
  requireOwn(held, keys, subject);
  const range = { layer, keys, from, to };
  if (!isInMemory) refuseLong(range);
  const loaded = isInMemory ? series.fromMemory(range) : await series.fromFiles(range);
  const stepMs = usedStep(query, loaded, to - from);
  const how = { stepMs, aggregate: query.agg, columns };
  const answers = loaded.map((one) => ({ key: one.key, ...series.answer(range, one, how) }));
  const head = {
    layer: layer.slug,
    from,
    to,
    stepS: stepMs / 1000,
    agg: query.agg,
    isLoaded: !isInMemory || series.isLoaded,
    columns: Object.fromEntries(columns.map((name) => [name, factsOf(layer.columns[name] as Column)])),
  };
  return query.key === undefined ? { ...head, series: answers } : { ...head, ...answers[0] };
}

/** More points than an answer holds are thinned by the next round step; the answer says which. */
function usedStep({ stepS = 0 }: SeriesQuery, loaded: readonly LoadedSeries[], rangeMs: number): number {
  const count = loaded.reduce((sum, { rows }) => sum + rows.to - rows.from, 0);
  const steps = stepS === 0 ? Infinity : (loaded.length * rangeMs) / 1000 / stepS;
  if (Math.min(count, steps) <= MAX_POINTS) return stepS * 1000;
  const least = (rangeMs / 1000) * (loaded.length / MAX_POINTS);
  return (STEPS_S.find((step) => step >= least && step > stepS) ?? 86_400) * 1000;
}

function rangeOf({ from, to }: SeriesQuery, now: number): { from: number; to: number } {
  const end = Math.min(to ?? now, now);
  const start = from ?? end - DAY_MS;
  if (start < end) return { from: start, to: end };
  throw new CodedError('request/invalid', `from ${start} is not before to ${end}: both are epoch ms`);
}

/** What is read from files costs by object and day. */
function refuseLong({ keys, from, to }: { keys: readonly string[]; from: number; to: number }): void {
  const days = (to - from) / DAY_MS;
  if (days * keys.length <= MOST_OBJECT_DAYS) return;
  throw new CodedError(
    'request/invalid',
    `from ${from} to ${to}: ${Math.ceil(days)} days of ${keys.length} objects: up to ${MOST_OBJECT_DAYS} days of one, or as many days of many, are answered`,
  );
}

/** `kept`: objects with a series in memory; null: only the files know. @throws CodedError request/not-found for one nobody knows */
function keysOf(
  { layer, table }: WorldLayer,
  kept: ReadonlySet<string> | null,
  query: SeriesQuery,
): string[] {
  const keys = query.key === undefined ? [...new Set(query.keys)] : [query.key];
  if (keys.length === 0 || keys.length > MAX_KEYS) {
    throw new CodedError('request/invalid', `keys: ${keys.length} given, 1–${MAX_KEYS} are answered`);
  }
  for (const key of kept ? keys : []) {
    if (kept?.has(key) || table.slotOf(key) >= 0) continue;
    throw new CodedError(
      'request/not-found',
      `object ${key} of layer ${layer.slug}${didYouMean(key, kept ?? [])}`,
    );
  }
  return keys;
}

/** What an object said is told where it stands now. @throws CodedError request/not-found, as for one nobody knows */
function requireOwn(held: WorldLayer, keys: readonly string[], subject: Subject): void {
  if (reachOf(subject.areas, held.layer) === null) return;
  const foreign = keys.find((key) => slotFor(held, key, subject) < 0);
  if (foreign !== undefined)
    throw new CodedError('request/not-found', `object ${foreign} of layer ${held.layer.slug}`);
}

function columnsOf(layer: Layer, asked: readonly string[] | undefined, subject: Subject): string[] {
  const label = labelOf(subject, layer.slug);
  const drawn = Object.entries<Column>(layer.columns).filter(
    ([, column]) => (column.type === 'number' || column.type === 'enum') && mayRead(column, label),
  );
  if (asked === undefined) {
    const numbers = drawn.filter(([, { type }]) => type === 'number').map(([name]) => name);
    return numbers.includes('value') ? ['value'] : numbers;
  }
  const names = drawn.map(([name]) => name);
  for (const name of asked) {
    if (names.includes(name)) continue;
    const { type } = layer.columns[name] ?? {};
    const why = type === undefined ? didYouMean(name, names) : `: a ${type} cannot be drawn along time`;
    throw new CodedError('request/invalid', `columns: ${name} of layer ${layer.slug}${why}`);
  }
  return [...new Set(asked)];
}

function factsOf(column: Column): unknown {
  if (column.type !== 'number') return { unit: null, title: column.title };
  const unitTitle = units[column.unit as keyof typeof units] ?? null;
  return { unit: column.unit, unitTitle, title: column.title };
}
