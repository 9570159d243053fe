// The long section of the river: water surface, dams and gauges between the first and the last kilometre.
import { formatNumber } from '../../i18n/numbers.ts';
import type { Severity } from '../../stores/indicators.ts';
import type { AxisPoint, RiverAxis } from '../../stores/river-axis.ts';
import { stateOfAge } from '../../stores/rows.ts';
import type { Locale } from '../../stores/session.ts';
import {
  damLevel,
  gaugeLevel,
  marginOf,
  type GaugeTable,
  type ReservoirTable,
} from '../../stores/water-level.ts';

export type SectionLimit = 'warning' | 'guarantee' | 'flood' | 'normal';

export interface Station {
  readonly point: AxisPoint;
  /** Along the axis, 0–1. */
  readonly x: number;
  /** Metres; null: nothing fresh is known. */
  readonly levelM: number | null;
  readonly level: string | null;
  /** Metres to the limit, without a sign. */
  readonly margin: string | null;
  readonly over: boolean;
  readonly limit: SectionLimit | null;
  readonly severity: Severity | null;
  /** Layer and key of the row; null: it never reported. */
  readonly row: { readonly layer: string; readonly key: string } | null;
}

export interface SectionSources {
  readonly axis: RiverAxis;
  readonly gauges: GaugeTable | null;
  readonly dams: ReservoirTable | null;
  readonly now: number;
  readonly locale: Locale;
}

const STEP = 0.01;

export const stationsOf = (sources: SectionSources): readonly Station[] =>
  sources.axis.points.map((point) => stationOf(point, sources));

type Measure = Pick<Station, 'limit' | 'severity'> & {
  readonly level: number | null;
  readonly limitM: number | null;
};

function stationOf(point: AxisPoint, { axis, gauges, dams, now, locale }: SectionSources): Station {
  const table = point.kind === 'dam' ? dams : gauges;
  const slot = table ? slotNamed(table, point.name) : -1;
  const base = { point, x: point.km / axis.lengthKm };
  if (!table || slot < 0) {
    return {
      ...base,
      levelM: null,
      level: null,
      margin: null,
      over: false,
      limit: null,
      severity: null,
      row: null,
    };
  }
  const row = { layer: table.layer.slug, key: table.keyAt(slot) };
  const age = (now - (table.validAt[slot] ?? 0)) / 1000;
  const isFresh = stateOfAge(age, table.layer.periodS) !== 'stale' && table.qualityAt(slot) !== 'bad';
  const { level, limit, limitM, severity } =
    point.kind === 'dam' && dams ? damLevel(dams, slot) : gaugeMeasure(gauges, slot);
  const levelM = isFresh ? level : null;
  const marginM = levelM === null || limitM === null ? null : marginOf(levelM, limitM);
  return {
    ...base,
    row,
    levelM,
    level: levelM === null ? null : formatNumber(levelM, STEP, locale),
    margin: marginM === null ? null : formatNumber(Math.abs(marginM), STEP, locale),
    over: marginM !== null && marginM < 0,
    limit: marginM === null ? null : limit,
    severity: levelM === null ? null : severity,
  };
}

const gaugeMeasure = (table: GaugeTable | null, slot: number): Measure =>
  table ? gaugeLevel(table, slot) : { level: null, limit: null, limitM: null, severity: null };

function slotNamed(table: GaugeTable | ReservoirTable, name: string): number {
  const names = (table as GaugeTable).column('name');
  for (let slot = 0; slot < table.highWater; slot++) {
    if (table.alive[slot] === 1 && names.value(slot) === name) return slot;
  }
  return -1;
}

/** Points of the water surface, x along and y down, 0–1; a dam is a step. Fewer than two known levels: no surface. */
export function surfaceOf(stations: readonly Station[]): readonly (readonly [x: number, y: number])[] {
  const known = stations.filter(({ levelM }) => levelM !== null);
  if (known.length < 2) return [];
  const levels = known.map(({ levelM }) => levelM ?? 0);
  const low = Math.min(...levels);
  const span = Math.max(1, Math.max(...levels) - low);
  const yOf = (levelM: number): number => 1 - (levelM - low) / span;
  const points: [number, number][] = [];
  for (const [i, station] of known.entries()) {
    const y = yOf(station.levelM ?? 0);
    if (i === 0 && station.x > 0) points.push([0, y]);
    // Upstream of a dam the water lies level; a foot gauge at the same kilometre is on its other side.
    if (station.point.kind === 'dam') {
      const before = points.at(-1);
      if (before && station.x - before[0] > LEVEL_REACH) points.push([station.x - LEVEL_REACH, y]);
      points.push([station.x, y]);
      const next = known[i + 1];
      if (next) points.push([station.x, yOf(next.levelM ?? 0)]);
    } else points.push([station.x, y]);
    if (i === known.length - 1 && station.x < 1) points.push([1, y]);
  }
  return points;
}

/** How far back a pool lies level at least, as a share of the axis: about 5 km. */
const LEVEL_REACH = 0.02;

/** Which of the rows of labels a label stands in, from the bottom; null: there is no room for it. */
export function placeLabels(
  wanted: readonly { readonly x: number; readonly width: number }[],
  rows: number,
): readonly (number | null)[] {
  const ends = Array.from({ length: rows }, () => -Infinity);
  return wanted.map(({ x, width }) => {
    const row = ends.findIndex((end) => end <= x);
    if (row < 0) return null;
    ends[row] = x + width;
    return row;
  });
}
