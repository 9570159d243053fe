// What the trend of the selected object shows: which of its columns, how far back, with which limits.
import type { Column, NumberColumn } from '../../../contracts/column.ts';
import type { Layer, Row } from '../../../contracts/layer.ts';
import type { ChartModel } from '../../charts/model.ts';
import { formatNumber, unitOf } from '../../i18n/numbers.ts';
import type { Series } from '../../stores/series.ts';
import type { Locale } from '../../stores/session.ts';
import { limitsOf } from './limits.ts';

export const HOUR_MS = 3_600_000;
/** Ranges people choose from, hours. */
export const RANGES_H = [1, 6, 24] as const;
/** A chart shows no more than this many points. */
const MOST_POINTS = 400;

/** Columns that are where and what an object is, not how it does. */
const STILL = /^(warning|guarantee|floodLimit|normal)M$|^(heading|capacity|population|depth)/;

/** Columns of a layer that can be drawn along time, the first being what it is about. */
export function drawnColumns(layer: Layer): readonly [name: string, column: NumberColumn][] {
  // Only what stands still and reports by a period keeps a series.
  if (layer.moving || layer.periodS === null) return [];
  return Object.entries<Column>(layer.columns).flatMap(([name, column]) =>
    column.type === 'number' && !STILL.test(name) ? [[name, column] as [string, NumberColumn]] : [],
  );
}

/** Seconds between points: as dense as the feed reports, as thin as the chart can show. */
export function stepFor(layer: Layer, hours: number): number {
  const thin = (hours * 3600) / MOST_POINTS;
  return Math.ceil(Math.max(layer.periodS ?? 60, thin) / 10) * 10;
}

export interface TrendSource {
  readonly layer: Layer;
  readonly column: string;
  readonly row: Row;
  readonly name: string;
  readonly series: Series;
  readonly from: number;
  readonly to: number;
  readonly locale: Locale;
}

/** null for a column that is no number. */
export function trendModel({
  layer,
  column,
  row,
  name,
  series,
  from,
  to,
  locale,
}: TrendSource): ChartModel | null {
  const declared = layer.columns[column];
  if (declared?.type !== 'number') return null;
  const [found] = series.series;
  const show = (value: number): string => formatNumber(value, declared.step, locale);
  const points = (found?.points ?? []).map(([at, value = null]) => ({ at, value }));
  return {
    title: `${name} ${declared.title[locale]}`,
    unit: unitOf(declared.unit, locale),
    step: declared.step,
    shape: 'line',
    from,
    to,
    lines: [{ key: row.key, name: declared.title[locale], points, kind: 'observed' }],
    limits: limitsOf(layer.slug, column, { row, say: (word) => word[locale], show }),
    gaps: found?.gaps ?? [],
  };
}
