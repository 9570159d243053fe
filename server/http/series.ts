// GET /api/layers/<slug>/series: what one object, or some, said over time, for charts and sparklines.
import { z } from 'zod';
import type { Column } from '../../contracts/column.ts';
import { labels } from '../../contracts/column.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { Layer } from '../../contracts/layer.ts';
import { units } from '../../contracts/units.ts';
import type { Subject } from '../access/port.ts';
import type { Aggregate, SeriesAnswer, SeriesReader } from '../history/port.ts';
import type { Clock } from '../kit/clock.ts';
import { nearest } from '../kit/nearest-word.ts';
import type { LiveWorld, WorldLayer } from '../state/port.ts';
import { labelOf, layerOf } from './layers.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MAX_KEYS = 50;
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
      action: 'read-layer',
      about: (params) => ({ kind: 'layer', id: params.slug ?? '' }),
      query: seriesQuery,
      answer: ({ params, query, subject }, response) => {
        response.json(answer(parts, { slug: params.slug, query, subject }));
      },
    }),
  ];
}

interface Asked {
  readonly slug: string | undefined;
  readonly query: SeriesQuery;
  readonly subject: Subject;
}

function answer({ world, clock, series }: SeriesParts, { slug, query, subject }: Asked): unknown {
  const held = knownLayer(world, slug);
  const { layer } = held;
  const range = rangeOf(query, clock.now(), series.reachMs);
  const keys = keysOf(held, series, query);
  const columns = columnsOf(layer, query.columns, subject);
  const aggregate: Aggregate = query.agg;
  const stepMs = query.stepS === undefined ? 0 : query.stepS * 1000;
  const read = (step: number): SeriesAnswer[] =>
    keys.map((key) => series.read({ layer, key, columns, ...range, stepMs: step, aggregate }));
  const { answers, usedMs } = bounded(read, stepMs, (range.to - range.from) / 1000);
  const head = {
    layer: layer.slug,
    ...range,
    stepS: usedMs / 1000,
    agg: aggregate,
    isLoaded: series.isLoaded,
    columns: Object.fromEntries(columns.map((name) => [name, factsOf(layer.columns[name] as Column)])),
  };
  const [first] = answers;
  if (query.key !== undefined) return { ...head, key: query.key, ...first };
  return { ...head, series: answers.map((one, at) => ({ key: keys[at], ...one })) };
}

/** More points than an answer holds are thinned by the next round step; the answer says which. */
function bounded(
  read: (stepMs: number) => SeriesAnswer[],
  stepMs: number,
  rangeS: number,
): { answers: SeriesAnswer[]; usedMs: number } {
  const answers = read(stepMs);
  const count = answers.reduce((sum, { points }) => sum + points.length, 0);
  if (count <= MAX_POINTS) return { answers, usedMs: stepMs };
  const least = (rangeS * answers.length) / MAX_POINTS;
  const stepS = STEPS_S.find((step) => step >= least && step * 1000 > stepMs) ?? 86_400;
  return { answers: read(stepS * 1000), usedMs: stepS * 1000 };
}

function knownLayer(world: LiveWorld, slug: string | undefined): WorldLayer {
  if (slug !== undefined && world.layers.has(slug)) return layerOf(world, slug);
  throw new CodedError('request/not-found', `layer ${slug}${didYouMean(slug ?? '', world.layers.keys())}`);
}

function rangeOf({ from, to }: SeriesQuery, now: number, reachMs: number): { from: number; to: number } {
  const end = Math.min(to ?? now, now);
  const start = from ?? end - DAY_MS;
  if (start >= end) {
    throw new CodedError('request/invalid', `from ${start} is not before to ${end}: both are epoch ms`);
  }
  if (start < now - reachMs) {
    const hours = Math.floor(reachMs / HOUR_MS);
    throw new CodedError(
      'request/invalid',
      `from ${start} lies more than ${hours} h back: series reach that far`,
    );
  }
  return { from: start, to: end };
}

/** @throws CodedError request/not-found for an object that neither lives nor has a series */
function keysOf({ layer, table }: WorldLayer, series: SeriesReader, query: SeriesQuery): string[] {
  const keys = query.key === undefined ? [...new Set(query.keys)] : [query.key];
  if (keys.length === 0 || keys.length > MAX_KEYS) {
    throw new CodedError('request/invalid', `keys: ${keys.length} given, 1–${MAX_KEYS} are answered`);
  }
  const kept = series.keys(layer);
  if (!kept) {
    throw new CodedError(
      'request/invalid',
      `layer ${layer.slug} has no series: those that report by a period and stand still have one`,
    );
  }
  for (const key of keys) {
    if (kept.has(key) || table.slotOf(key) >= 0) continue;
    const hint = didYouMean(key, kept);
    throw new CodedError('request/not-found', `object ${key} of layer ${layer.slug}${hint}`);
  }
  return keys;
}

function columnsOf(layer: Layer, asked: readonly string[] | undefined, subject: Subject): string[] {
  const label = labelOf(subject);
  const drawn = Object.entries<Column>(layer.columns).filter(
    ([, column]) =>
      (column.type === 'number' || column.type === 'enum') &&
      labels.indexOf(column.label ?? 'public') <= labels.indexOf(label),
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

function didYouMean(word: string, known: Iterable<string>): string {
  const near = nearest(word, [...known]);
  return near === null ? '' : `: did you mean ${near}?`;
}

function factsOf(column: Column): unknown {
  if (column.type !== 'number') return { unit: null, title: column.title };
  const unitTitle = units[column.unit as keyof typeof units] ?? null;
  return { unit: column.unit, unitTitle, title: column.title };
}
