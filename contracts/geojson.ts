// Rows as GeoJSON (RFC 7946): the geometry column, else the position; head and columns as properties.
import type { Columns, Geometry, Label } from './column.ts';
import { streamedColumns, visibleColumns } from './codec/layout.ts';
import type { Layer } from './layer.ts';
import type { RowStores } from './stores/rows.ts';
import type { LayerTable } from './table.ts';

export type Shape = Exclude<Geometry, { type: 'TilesetFeature' }>;
type Reference = Extract<Geometry, { type: 'TilesetFeature' }>;

/** The shape a reference stands for; null where its tileset or the id in it is not known. */
export type ShapeOf = (reference: Reference) => Shape | null;

/** For whom features are made. */
export interface FeatureView {
  /** Class of the subject. */
  readonly label: Label;
  /** Absent: rows whose shape lies in a tileset have none. */
  readonly shapeOf?: ShapeOf;
}

export interface Feature {
  readonly type: 'Feature';
  /** The entity key. */
  readonly id: string;
  readonly geometry: Shape | null;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface FeatureCollection {
  readonly type: 'FeatureCollection';
  readonly features: readonly Feature[];
}

/** Where a row lies: a slot of a table, or an observation of a batch. */
export interface RowPlace {
  readonly layer: Layer;
  readonly stores: RowStores;
  readonly index: number;
  readonly key: string;
}

export const rowOf = <C extends Columns>(table: LayerTable<C>, slot: number): RowPlace => ({
  layer: table.layer,
  stores: table.stores,
  index: slot,
  key: table.keyAt(slot),
});

/** One live row with every column the subject may see. A reference to a tileset stays a property beside its shape. */
export function featureOf<C extends Columns>(table: LayerTable<C>, slot: number, view: FeatureView): Feature {
  return rowFeature(rowOf(table, slot), {
    ...view,
    columns: visibleColumns(table.layer.columns, view.label),
  });
}

export interface ColumnView extends FeatureView {
  readonly columns: readonly string[];
}

/** A row with the columns that are named. */
export function rowFeature({ layer, stores, index, key }: RowPlace, view: ColumnView): Feature {
  const properties: Record<string, unknown> = {
    layer: layer.slug,
    validAt: stores.validAt.data[index],
    issuedAt: stores.issuedAt.value(index),
    regionCode: stores.region.get(index),
    quality: stores.quality.get(index) ?? 'good',
    source: stores.source.get(index),
    synthetic: stores.synthetic.value(index),
  };
  let shape: Shape | null = null;
  let point: Shape | null = null;
  for (const name of view.columns) {
    const store = stores.columns.get(name);
    if (store?.kind === 'position') {
      const at = store.value(index);
      point = at && { type: 'Point', coordinates: at };
      continue;
    }
    if (store?.kind === 'geometry') {
      const value = store.value(index);
      if (value?.type === 'TilesetFeature') shape = view.shapeOf?.(value) ?? null;
      else if (value) {
        shape = value;
        continue;
      }
    }
    properties[name] = store?.kind === 'cells' ? cellsOf(store.value(index)) : store?.value(index);
  }
  return { type: 'Feature', id: key, geometry: shape ?? point, properties };
}

/** All live rows, without detail columns (long texts). */
export function featureCollection<C extends Columns>(
  table: LayerTable<C>,
  view: FeatureView,
): FeatureCollection {
  const streamed = { ...view, columns: streamedColumns(table.layer.columns, view.label) };
  const features: Feature[] = [];
  for (let slot = 0; slot < table.highWater; slot++) {
    if (table.alive[slot] === 1) features.push(rowFeature(rowOf(table, slot), streamed));
  }
  return { type: 'FeatureCollection', features };
}

/** A block with plain numbers, null where there is no coverage: JSON knows no NaN. */
function cellsOf(cells: { nx: number; ny: number; values: Float32Array } | null): unknown {
  if (!cells) return null;
  return {
    nx: cells.nx,
    ny: cells.ny,
    values: Array.from(cells.values, (cell) => (Number.isNaN(cell) ? null : cell)),
  };
}
