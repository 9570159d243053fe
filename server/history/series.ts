// Answers for charts: points, and the gaps between them, of one column or several of one object.
import { NULL_QUANTUM } from '../../contracts/column.ts';
import type { Column, NumberColumn } from '../../contracts/column.ts';
import type { Layer } from '../../contracts/layer.ts';
import { EnumStore, NumberStore } from '../../contracts/stores/scalar.ts';
import type { Gap } from './gaps.ts';
import { silences, within } from './gaps.ts';
import type { LayerSeries, SeriesIndex } from './series-index.ts';
import { INDEX_KEEP_MS } from './series-index.ts';
import type { Aggregate, PlotColumn, Point, Rows } from './thin.ts';
import { thin } from './thin.ts';

/** Columns of one object in a stretch of time. */
export interface SeriesAsk {
  readonly layer: Layer;
  readonly key: string;
  readonly columns: readonly string[];
  /** Epoch ms, both included. */
  readonly from: number;
  readonly to: number;
  /** 0: every observation. */
  readonly stepMs: number;
  readonly aggregate: Aggregate;
}

export interface SeriesAnswer {
  readonly points: readonly Point[];
  readonly gaps: readonly Gap[];
}

export interface SeriesSources {
  readonly index: SeriesIndex;
  /** Stretches in which the server did not run. */
  readonly outages: () => readonly Gap[];
}

const NO_ROWS: Rows = { validAt: new Float64Array(0), cells: new Int32Array(0), width: 0, from: 0, to: 0 };

export class SeriesReader {
  /** How far back series reach, milliseconds. */
  readonly reachMs = INDEX_KEEP_MS;
  readonly #index: SeriesIndex;
  readonly #outages: () => readonly Gap[];

  constructor({ index, outages }: SeriesSources) {
    this.#index = index;
    this.#outages = outages;
  }

  /** false while what an earlier run left is still being read. */
  get isLoaded(): boolean {
    return this.#index.isLoaded;
  }

  /** Objects of a layer that have a series in memory; null where the layer is not kept there. */
  keys(layer: Layer): ReadonlySet<string> | null {
    const held = this.#index.layers.get(layer.slug);
    return held ? new Set(held.keys.keys()) : null;
  }

  read(ask: SeriesAsk): SeriesAnswer {
    const held = this.#index.layers.get(ask.layer.slug);
    const { rows, moments } = held ? rowsOf(held, ask) : { rows: NO_ROWS, moments: [] };
    const columns = ask.columns.map((name) => plotColumn(ask.layer, held?.columns.indexOf(name) ?? -1, name));
    return { points: thin(rows, columns, ask), gaps: this.#gaps(ask, moments) };
  }

  #gaps({ layer, from, to }: SeriesAsk, moments: Iterable<number>): Gap[] {
    // What speaks only when something happens is silent for good reasons: only our own absence is a gap.
    if (layer.periodS === null) return within(this.#outages(), from, to);
    return silences(moments, { from, to, periodMs: layer.periodS * 1000 });
  }
}

function rowsOf(held: LayerSeries, { key, from, to }: SeriesAsk): { rows: Rows; moments: Iterable<number> } {
  const series = held.keys.get(key);
  if (!series) return { rows: NO_ROWS, moments: [] };
  const [first, end] = [series.from(from), series.from(to + 1)];
  const { validAt, cells, count } = series;
  return {
    rows: { validAt, cells, width: held.columns.length, from: first, to: end },
    // One more on either side: a range that begins between two reports begins with no gap.
    moments: validAt.subarray(Math.max(0, first - 1), Math.min(count, end + 1)),
  };
}

/** How cells of a column are read; `at` is its place in a row. */
function plotColumn({ columns }: Layer, at: number, name: string): PlotColumn {
  const column = columns[name] as Column;
  if (column.type === 'enum') {
    const { codes } = new EnumStore(column);
    return { at, isCode: true, value: (quantum) => codes[quantum - 1] ?? '' };
  }
  const store = new NumberStore(column as NumberColumn);
  store.grow(1);
  return {
    at,
    isCode: false,
    value: (quantum) => {
      if (!Number.isInteger(quantum)) return Number((quantum * store.step).toPrecision(12));
      store.data[0] = quantum === NULL_QUANTUM ? 0 : quantum;
      return store.get(0);
    },
  };
}
