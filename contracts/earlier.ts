// What was written under an earlier declaration of a layer, read under this one: by the names of the columns.
import type { Column } from './column.ts';
import { ObservationBatch } from './codec/observation-batch.ts';
import { decodeHeader } from './codec/header.ts';
import type { Layer } from './layer.ts';
import type { RowStores } from './stores/rows.ts';
import type { AnyStore } from './stores/store.ts';

/** The declaration a layer had when `schema` was its hash; null where nobody knows it any more. */
export type EarlierLayer = (slug: string, schema: number) => Layer | null;

/**
 * Values of `from` as columns of `to`, whose stores say what fits: a column that is no longer declared is left out; a
 * new one, one of another unit, and a value that does not fit any more are null.
 */
export function underLayer(
  values: Readonly<Record<string, unknown>>,
  { from, to, stores }: { readonly from: Layer; readonly to: Layer; readonly stores: RowStores },
): Record<string, unknown> {
  const known: Record<string, unknown> = {};
  for (const [name, column] of Object.entries<Column>(to.columns)) {
    const before = from.columns[name];
    const value = values[name] ?? null;
    const store = stores.columns.get(name) as AnyStore | undefined;
    const isSame = before !== undefined && unitOf(before) === unitOf(column);
    known[name] = isSame && store && fits(store, value) ? value : null;
  }
  return known;
}

/**
 * A batch frame of any declaration this layer ever had.
 * @throws CodedError as ObservationBatch.decode; frame/schema where the declaration is not known any more
 */
export function decodeObservations(layer: Layer, bytes: Uint8Array, earlier: EarlierLayer): ObservationBatch {
  const { schema, layer: slug } = decodeHeader(bytes);
  const from = schema === layer.schema || slug !== layer.slug ? null : earlier(slug, schema);
  if (!from) return ObservationBatch.decode(layer, bytes);
  return observationsUnder(layer, ObservationBatch.decode(from, bytes));
}

/** A batch of any declaration this layer ever had, under this one; itself where it is this one. */
export function observationsUnder(layer: Layer, before: ObservationBatch): ObservationBatch {
  const from = before.layer;
  if (from.schema === layer.schema) return before;
  const batch = new ObservationBatch(layer);
  for (let index = 0; index < before.count; index++) {
    const row = before.row(index);
    batch.append({
      ...row,
      values: underLayer(row.values, { from, to: layer, stores: batch.stores }),
    } as typeof row);
  }
  return batch;
}

const unitOf = (column: Column): string | null => ('unit' in column ? column.unit : null);

/** Stores check what has their type; of another type they may know nothing. */
function fits(store: AnyStore, value: unknown): boolean {
  try {
    return store.fault(value as never) === null;
  } catch {
    return false;
  }
}
