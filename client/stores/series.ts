// GET /api/layers/<slug>/series: what objects said over time. Untrusted until parsed.
import type { Title } from '../../contracts/column.ts';
import { recording } from './recording.ts';
import { askWorld } from './world.ts';

export interface SeriesAsk {
  readonly layer: string;
  readonly keys: readonly string[];
  readonly columns: readonly string[];
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly stepS: number;
}

export interface SeriesColumn {
  readonly title: Title | null;
  readonly unit: string | null;
}

export interface KeySeries {
  readonly key: string;
  /** [moment, value of each column asked for]; null where it had none. */
  readonly points: readonly (readonly [at: number, ...values: (number | null)[]])[];
  readonly gaps: readonly (readonly [from: number, to: number])[];
}

export interface Series {
  readonly columns: ReadonlyMap<string, SeriesColumn>;
  readonly series: readonly KeySeries[];
  /** False while the server still reads its history: more may come. */
  readonly isLoaded: boolean;
}

export type SeriesAnswer =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly series: Series }
  /** The layer or the object keeps no history. */
  | { readonly state: 'none' }
  | { readonly state: 'forbidden' }
  | { readonly state: 'failed'; readonly reason: string };

const HTTP = { forbidden: [401, 403], none: [400, 404] };

export async function fetchSeries(ask: SeriesAsk, signal?: AbortSignal): Promise<SeriesAnswer> {
  // What the server heard is not what the recording shows, even of the same city.
  if (recording.value) return { state: 'none' };
  const query = new URLSearchParams({
    keys: ask.keys.join(','),
    columns: ask.columns.join(','),
    from: String(Math.round(ask.from)),
    to: String(Math.round(ask.to)),
    stepS: String(ask.stepS),
  });
  try {
    const response = await askWorld(
      `/api/layers/${ask.layer}/series?${query.toString()}`,
      signal ? { signal } : {},
    );
    if (HTTP.none.includes(response.status)) return { state: 'none' };
    if (HTTP.forbidden.includes(response.status)) return { state: 'forbidden' };
    if (!response.ok) return { state: 'failed', reason: `HTTP ${response.status}` };
    return { state: 'ready', series: parseSeries(await response.json()) };
  } catch (error) {
    if (signal?.aborted) return { state: 'loading' };
    return { state: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** @throws Error naming the field that does not fit */
export function parseSeries(body: unknown): Series {
  if (!isObject(body) || !Array.isArray(body['series'])) {
    throw new Error(
      'series: the answer has no list of series: is the server of this page as new as the page?',
    );
  }
  const columns = Object.entries(isObject(body['columns']) ? body['columns'] : {}).map(
    ([name, facts]) => [name, columnOf(facts)] as const,
  );
  return {
    columns: new Map(columns),
    isLoaded: body['isLoaded'] !== false,
    series: body['series'].filter(isObject).map((one) => ({
      key: String(one['key']),
      points: list(one['points']).flatMap(pointOf),
      gaps: list(one['gaps']).flatMap(gapOf),
    })),
  };
}

function columnOf(facts: unknown): SeriesColumn {
  const { title, unit } = isObject(facts) ? facts : {};
  const isTitle = isObject(title) && typeof title['zh'] === 'string' && typeof title['en'] === 'string';
  return {
    title: isTitle ? (title as unknown as Title) : null,
    unit: typeof unit === 'string' ? unit : null,
  };
}

function pointOf(point: unknown): (readonly [number, ...(number | null)[]])[] {
  const [at, ...values] = list(point);
  if (typeof at !== 'number') return [];
  return [[at, ...values.map((value) => (typeof value === 'number' ? value : null))]];
}

function gapOf(gap: unknown): (readonly [number, number])[] {
  const [from, to] = list(gap);
  return typeof from === 'number' && typeof to === 'number' && to > from ? [[from, to]] : [];
}

export interface SeriesPoint {
  readonly at: number;
  readonly value: number;
}

/** The points of the first column in order, cut into runs where nothing was heard. */
export function runsOf(series: KeySeries | undefined): readonly (readonly SeriesPoint[])[] {
  const runs: SeriesPoint[][] = [];
  let run: SeriesPoint[] = [];
  let last = -Infinity;
  for (const [at, value = null] of series?.points ?? []) {
    const isCut = series?.gaps.some(([from]) => from > last && from <= at) ?? false;
    if (isCut || value === null) {
      if (run.length > 0) runs.push(run);
      run = [];
    }
    // A step without a value is a gap too.
    if (value !== null) run.push({ at, value });
    last = at;
  }
  return run.length > 0 ? [...runs, run] : runs;
}
