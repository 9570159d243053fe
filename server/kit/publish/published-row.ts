// A row as other systems read it: GeoJSON whose moments are ISO 8601 texts, or a line of a table.
import { visibleColumns } from '../../../contracts/codec/layout.ts';
import type { Column, Label } from '../../../contracts/column.ts';
import type { Feature, FeatureView, RowPlace, ShapeOf } from '../../../contracts/geojson.ts';
import { rowFeature } from '../../../contracts/geojson.ts';
import type { Layer } from '../../../contracts/layer.ts';

export interface PublishedView extends FeatureView {
  readonly columns: readonly string[];
  /** Names of those that hold a moment. */
  readonly moments: readonly string[];
}

export interface ViewOptions {
  readonly label: Label;
  readonly shapeOf: ShapeOf;
  /** Long texts too. */
  readonly withDetail: boolean;
}

export function publishedView(layer: Layer, { label, shapeOf, withDetail }: ViewOptions): PublishedView {
  const columns = visibleColumns(layer.columns, label).filter(
    (name) => withDetail || !layer.columns[name]?.detail,
  );
  const moments = columns.filter((name) => layer.columns[name]?.type === 'time');
  return { label, shapeOf, columns, moments: ['validAt', 'issuedAt', ...moments] };
}

/** What is known of a row besides itself. */
export interface Known {
  /** Of the feature; absent: the key of the row. */
  readonly id?: string;
  /** Epoch ms; of an observation. */
  readonly knownAt?: number;
  /** Of an observation: 0 is the first, a higher one corrects it. */
  readonly revision?: number;
}

export function publishedFeature(row: RowPlace, view: PublishedView, known: Known = {}): Feature {
  const { id = row.key, knownAt, revision } = known;
  const { type, geometry, properties } = rowFeature(row, view);
  const told: Record<string, unknown> = { ...properties };
  for (const name of view.moments) told[name] = isoOf(told[name]);
  return {
    type,
    id,
    geometry,
    properties: {
      key: row.key,
      ...told,
      ...(knownAt === undefined ? {} : { knownAt: isoOf(knownAt) }),
      ...(revision === undefined ? {} : { revision }),
    },
  };
}

/** null stays null. */
export const isoOf = (moment: unknown): string | null =>
  typeof moment === 'number' && Number.isFinite(moment) ? new Date(moment).toISOString() : null;

/** The columns of a view that carry a shape rather than a property. */
export const isShape = ({ type }: Column): boolean => type === 'position' || type === 'geometry';
