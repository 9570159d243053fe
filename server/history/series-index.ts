// The last day of what stations and indicators said, in memory: charts and sparklines read it. Filled from the batches of
// each tick, and after a start from the journal. Moving things and single events are read from files instead.
import { NULL_QUANTUM } from '../../contracts/column.ts';
import type { Column } from '../../contracts/column.ts';
import type { ObservationBatch } from '../../contracts/frame.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { EnumStore, NumberStore } from '../../contracts/stores/scalar.ts';
import type { SeriesColumns } from './key-series.ts';
import { KeySeries } from './key-series.ts';

const HOUR_MS = 3_600_000;
/** A day, and what the newest observation may be old. */
export const INDEX_KEEP_MS = 26 * HOUR_MS;

/** A column a chart can draw. */
export type PlotStore = NumberStore | EnumStore;

/** Names of the columns that can be drawn along time: numbers and codes. */
export function plotColumns({ columns }: Layer): string[] {
  return Object.entries<Column>(columns).flatMap(([name, { type }]) =>
    type === 'number' || type === 'enum' ? [name] : [],
  );
}

/** Whether the layer is kept in memory: it reports by a period, stands still and has something to draw. */
export function isIndexed(layer: Layer): boolean {
  const { kind, time, moving, periodS } = layer;
  if (kind !== 'table' || time !== 'observed' || moving !== undefined || periodS === null) return false;
  return plotColumns(layer).length > 0;
}

/** Reads the columns that can be drawn out of batches, into one row that is used again. */
export class RowReader {
  readonly columns: readonly string[];
  readonly #row: Int32Array;
  #batch: ObservationBatch | null = null;
  #stores: readonly PlotStore[] = [];

  constructor(layer: Layer) {
    this.columns = plotColumns(layer);
    this.#row = new Int32Array(this.columns.length);
  }

  read(batch: ObservationBatch, index: number): Int32Array {
    if (batch !== this.#batch) {
      this.#batch = batch;
      this.#stores = this.columns.map((name) => batch.stores.columns.get(name) as PlotStore);
    }
    for (let column = 0; column < this.#stores.length; column += 1) {
      this.#row[column] = quantumOf(this.#stores[column] as PlotStore, index);
    }
    return this.#row;
  }
}

export class LayerSeries {
  readonly layer: Layer;
  readonly keys = new Map<string, KeySeries>();
  readonly #rows: RowReader;
  /** By key number of the batch in work. */
  readonly #found: KeySeries[] = [];

  constructor(layer: Layer) {
    this.layer = layer;
    this.#rows = new RowReader(layer);
  }

  get columns(): readonly string[] {
    return this.#rows.columns;
  }

  take(batch: ObservationBatch): void {
    const { keyIndex, revision, count } = batch;
    const moments = batch.stores.validAt.data;
    this.#found.length = 0;
    for (let index = 0; index < count; index += 1) {
      const series = this.#seriesOf(batch, keyIndex[index] as number);
      series.insert(moments[index] as number, revision[index] as number, this.#rows.read(batch, index));
    }
  }

  adopt(key: string, columns: SeriesColumns): void {
    this.#series(key).adopt(columns);
  }

  #seriesOf(batch: ObservationBatch, keyNumber: number): KeySeries {
    const known = this.#found[keyNumber];
    if (known) return known;
    const series = this.#series(batch.keys[keyNumber] as string);
    this.#found[keyNumber] = series;
    return series;
  }

  #series(key: string): KeySeries {
    const known = this.keys.get(key);
    if (known) return known;
    const series = new KeySeries(this.columns.length, INDEX_KEEP_MS);
    this.keys.set(key, series);
    return series;
  }
}

export class SeriesIndex {
  readonly layers: ReadonlyMap<string, LayerSeries>;
  /** What an earlier run left has been read. */
  isLoaded = false;

  constructor(layers: Iterable<Layer>) {
    this.layers = new Map([...layers].filter(isIndexed).map((layer) => [layer.slug, new LayerSeries(layer)]));
  }

  take(batch: ObservationBatch): void {
    this.layers.get(batch.layer.slug)?.take(batch);
  }
}

function quantumOf(store: PlotStore, index: number): number {
  const data = store.data[index] as number;
  return store.kind === 'enum' && data === 0 ? NULL_QUANTUM : data;
}
