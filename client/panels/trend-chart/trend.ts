// What the trend of the selected object shows: which of its columns, how far back, with which limits.
import type { Column, NumberColumn } from '../../../contracts/column.ts';
import type { Layer, Row } from '../../../contracts/layer.ts';
import { brokenAt, type ChartLine, type ChartModel, type Point } from '../../charts/model.ts';
import { formatNumber, unitOf } from '../../i18n/numbers.ts';
import type { BranchCourse } from '../../stores/advice.ts';
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

/** An object whose course is drawn. */
export interface TrendObject {
  readonly row: Row;
  readonly name: string;
}

export interface TrendSource {
  readonly layer: Layer;
  readonly column: string;
  /** The selected one first. */
  readonly objects: readonly TrendObject[];
  readonly series: Series;
  readonly from: number;
  readonly to: number;
  readonly locale: Locale;
  /** How the level of a single object goes on under each option, where a model worked it out. */
  readonly ahead?: readonly BranchCourse[];
}

/** The column that models work out. */
const FORECAST_COLUMN = 'levelM';
/** Beyond the crest of an option the chart goes on for so long, and never farther ahead than a day. */
const AFTER_MS = 3 * HOUR_MS;
const MOST_AHEAD_MS = 24 * HOUR_MS;

/** null for a column that is no number, or without any object. */
export function trendModel(source: TrendSource): ChartModel | null {
  const { layer, column, objects, from, to, locale } = source;
  const declared = layer.columns[column];
  const [first, ...others] = objects;
  if (declared?.type !== 'number' || !first) return null;
  const name = declared.title[locale];
  const base = {
    unit: unitOf(declared.unit, locale),
    step: declared.step,
    shape: 'line' as const,
    from,
    to,
  };
  if (others.length > 0) return { ...base, title: name, lines: linesOf(source), limits: [], gaps: [] };
  const { row } = first;
  const ahead = column === FORECAST_COLUMN ? (source.ahead ?? []) : [];
  const show = (value: number): string => formatNumber(value, declared.step, locale);
  return {
    ...base,
    to: Math.max(to, ...ahead.map(({ peak }) => Math.min((peak?.[0] ?? 0) + AFTER_MS, to + MOST_AHEAD_MS))),
    title: `${first.name} ${name}`,
    lines: [
      { key: row.key, name, points: pointsOf(source.series, row.key), kind: 'observed' },
      ...ahead.map((branch) => aheadLine(branch, locale)),
    ],
    limits: limitsOf(layer.slug, column, { row, say: (word) => word[locale], show }),
    gaps: seriesOf(source.series, row.key)?.gaps ?? [],
  };
}

/** 甲 dashed, 乙 dotted, what is ordered now thin. */
const aheadLine = ({ option, name, points, peak }: BranchCourse, locale: Locale): ChartLine => ({
  key: `ahead ${option}`,
  name: locale === 'zh' ? (name.zh.split(' ')[0] ?? name.zh) : name.en,
  kind: 'forecast',
  dash: option === 'a' ? 'dash' : option === 'b' ? 'dot' : 'thin',
  points: points.map(([at, value]) => ({ at, value })),
  peak: peak ? { at: peak[0], value: peak[1] } : null,
});

const seriesOf = (all: Series, key: string): Series['series'][number] | undefined =>
  all.series.find((one) => one.key === key);

const pointsOf = (all: Series, key: string): Point[] =>
  (seriesOf(all, key)?.points ?? []).map(([at, value = null]) => ({ at, value }));

/** Each has its own limits and gaps: no limit is drawn, and each line stops where it knows nothing. */
const linesOf = ({ objects, series }: TrendSource): ChartLine[] =>
  objects.map(({ row: { key }, name }) => ({
    key,
    name,
    points: brokenAt(pointsOf(series, key), seriesOf(series, key)?.gaps ?? []),
    kind: 'observed',
  }));
