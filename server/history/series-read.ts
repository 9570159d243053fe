// Series out of files, for what is not kept in memory: moving things, single events, days long past.
import type { Layer } from '../../contracts/layer.ts';
import type { SeriesColumns } from './key-series.ts';
import { KeySeries } from './key-series.ts';
import type { ObservedReader } from './observed-reader.ts';
import { RowReader } from './series-index.ts';

interface SeriesRange {
  readonly layer: Layer;
  readonly keys: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** In the order of the keys; the columns of all that can be drawn. */
export function readSeries(
  reader: ObservedReader,
  { layer, keys, from, to }: SeriesRange,
): [key: string, columns: SeriesColumns][] {
  const rows = new RowReader(layer);
  const series = new Map(keys.map((key) => [key, new KeySeries(rows.columns.length, Infinity)]));
  reader.visit({ layer, keys: new Set(keys), from, to }, (batch, index) => {
    const moment = batch.stores.validAt.data[index] as number;
    series.get(batch.keyAt(index))?.insert(moment, batch.revision[index] as number, rows.read(batch, index));
  });
  return [...series].map(([key, one]) => [key, one.columns()]);
}
