// Answers for charts: points, and the gaps between them, of one column or several of one object.
import { NULL_QUANTUM } from '../../contracts/column.ts';
import type { Column, NumberColumn } from '../../contracts/column.ts';
import type { Layer } from '../../contracts/layer.ts';
import { EnumStore, NumberStore } from '../../contracts/stores/scalar.ts';
import type { Gap } from './gaps.ts';
import { silences, within } from './gaps.ts';
import type { LayerSeries, SeriesIndex } from './series-index.ts';
import { INDEX_KEEP_MS, plotColumns } from './series-index.ts';
import type { SeriesColumns } from './key-series.ts';
import type { PlotColumn, Point, Rows, Thinning } from './thin.ts';
import { thin } from './thin.ts';

export interface SeriesRange {
  readonly layer: Layer;
  readonly keys: readonly string[];
  /** Epoch ms, both included. */
  readonly from: number;
  readonly to: number;
}

/** One object's observations, before they are thinned. */
export interface LoadedSeries {
  readonly key: string;
  readonly rows: Rows;
  /** Of the observations, with one more on either side: a range that begins between two reports begins with no gap. */
  readonly moments: Iterable<number>;
}

export interface SeriesAnswer {
  readonly points: readonly Point[];
  readonly gaps: readonly Gap[];
}

export interface SeriesSources {
  readonly index: SeriesIndex;
  /** Stretches in which the server did not run. */
  readonly outages: () => readonly Gap[];
  /** Reads what is not in memory, in the order of the keys. */
  readonly fromFiles: (
    range: SeriesRange,
  ) => Promise<readonly (readonly [key: string, columns: SeriesColumns])[]>;
}

const NO_ROWS: Rows = { validAt: new Float64Array(0), cells: new Int32Array(0), width: 0, from: 0, to: 0 };

export class SeriesReader {
  readonly #sources: SeriesSources;

  constructor(sources: SeriesSources) {
    this.#sources = sources;
  }

  /** false while what an earlier run left is still being read. */
  get isLoaded(): boolean {
    return this.#sources.index.isLoaded;
  }

  /** Whether a stretch that begins then is in memory; otherwise it is read from files. */
  isInMemory(layer: Layer, from: number, now: number): boolean {
    return this.#sources.index.layers.has(layer.slug) && from >= now - INDEX_KEEP_MS;
  }

  /** Objects of a layer with a series in memory; empty where the layer is not kept there. */
  keys(layer: Layer): ReadonlySet<string> {
    return new Set(this.#sources.index.layers.get(layer.slug)?.keys.keys());
  }

  fromMemory(range: SeriesRange): LoadedSeries[] {
    const held = this.#sources.index.layers.get(range.layer.slug);
    return range.keys.map((key) => (held ? loaded(held, key, range) : { key, rows: NO_ROWS, moments: [] }));
  }

  /** @throws Error naming a damaged file */
  async fromFiles(range: SeriesRange): Promise<LoadedSeries[]> {
    const width = plotColumns(range.layer).length;
    const found = await this.#sources.fromFiles(range);
    return found.map(([key, { validAt, cells }]) => ({
      key,
      rows: { validAt, cells, width, from: 0, to: validAt.length },
      moments: validAt,
    }));
  }

  answer(
    { layer, from, to }: SeriesRange,
    { rows, moments }: LoadedSeries,
    how: Thinning & { readonly columns: readonly string[] },
  ): SeriesAnswer {
    const all = plotColumns(layer);
    const columns = how.columns.map((name) => plotColumn(layer, all.indexOf(name), name));
    // What speaks only when something happens is silent for good reasons: only our own absence is a gap.
    const gaps =
      layer.periodS === null
        ? within(this.#sources.outages(), from, to)
        : silences(moments, { from, to, periodMs: layer.periodS * 1000 });
    return { points: thin(rows, columns, how), gaps };
  }
}

function loaded(held: LayerSeries, key: string, { from, to }: SeriesRange): LoadedSeries {
  const series = held.keys.get(key);
  if (!series) return { key, rows: NO_ROWS, moments: [] };
  const [first, end] = [series.from(from), series.from(to + 1)];
  const { validAt, cells, count } = series;
  return {
    key,
    rows: { validAt, cells, width: held.columns.length, from: first, to: end },
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
