// Reservoirs and gauges against the level that counts for each: how much is left, and how that reads.
import { formatNumber } from '../../i18n/numbers.ts';
import type { StateWord } from '../../i18n/words.ts';
import { rowState, type FeedStates } from '../../stores/contact.ts';
import type { Severity } from '../../stores/indicators.ts';
import {
  damLevel,
  gaugeLevel,
  marginOf,
  type GaugeTable,
  type ReservoirTable,
} from '../../stores/water-level.ts';

export type { GaugeTable, ReservoirTable };
/** Which level a margin is measured against. */
export type LimitKind = 'flood' | 'normal' | 'warning' | 'guarantee';

/** All bars have this width in metres, so that a centimetre is as long on each; the limit stands near the right end. */
export const BAR_M = 14;
export const ABOVE_LIMIT_M = 1.5;
const LEVEL_STEP = 0.01;
/** Without a list of the city: the largest reservoirs that have a flood limit, and the gauge with the largest flow. */
const LARGEST = 2;

export interface WaterRow {
  readonly name: string;
  /** null: nothing reported under this name. */
  readonly row: {
    readonly layer: string;
    readonly key: string;
    readonly at: number;
    readonly source: string;
  } | null;
  readonly state: StateWord;
  /** null: no level; say the state. */
  readonly level: string | null;
  /** Metres left, negative above the limit; null without level or limit. */
  readonly marginM: number | null;
  readonly limit: LimitKind | null;
  readonly limitM: number | null;
  readonly severity: Severity | null;
  /** Shares of the bar, 0–1. */
  readonly filled: number | null;
  readonly synthetic: boolean;
}

export interface WaterSources {
  readonly reservoirs: ReservoirTable | null;
  readonly gauges: GaugeTable | null;
  readonly watched: readonly string[];
  readonly now: number;
  readonly feeds: FeedStates;
}

export function waterRows(sources: WaterSources): readonly WaterRow[] {
  const { watched, reservoirs, gauges } = sources;
  if (watched.length > 0) return watched.map((name) => rowNamed(name, sources));
  const dams = reservoirs
    ? largestWithLimit(reservoirs).map((slot) => reservoirRow(reservoirs, slot, sources))
    : [];
  const gauge = gauges ? largestFlow(gauges).map((slot) => gaugeRow(gauges, slot, sources)) : [];
  return [...dams, ...gauge];
}

function rowNamed(name: string, sources: WaterSources): WaterRow {
  const { reservoirs, gauges } = sources;
  const dam =
    reservoirs && slotsOf(reservoirs).find((slot) => reservoirs.column('name').value(slot) === name);
  if (reservoirs && dam !== null && dam !== undefined) return reservoirRow(reservoirs, dam, sources);
  const gauge = gauges && slotsOf(gauges).find((slot) => gauges.column('name').value(slot) === name);
  if (gauges && gauge !== null && gauge !== undefined) return gaugeRow(gauges, gauge, sources);
  return {
    name: shortName(name),
    row: null,
    state: 'off',
    level: null,
    marginM: null,
    limit: null,
    limitM: null,
    severity: null,
    filled: null,
    synthetic: false,
  };
}

function slotsOf(table: ReservoirTable | GaugeTable): number[] {
  return Array.from({ length: table.highWater }, (_, slot) => slot).filter((slot) => table.alive[slot] === 1);
}

function largestWithLimit(table: ReservoirTable): number[] {
  const storage = (slot: number): number => table.column('storage1e6M3').value(slot) ?? 0;
  const found = slotsOf(table)
    .filter((slot) => table.column('floodLimitM').value(slot) !== null)
    .sort((a, b) => storage(b) - storage(a))
    .slice(0, LARGEST);
  return found.sort((a, b) => a - b);
}

function largestFlow(table: GaugeTable): number[] {
  const flow = (slot: number): number => table.column('flowM3S').value(slot) ?? 0;
  return slotsOf(table)
    .sort((a, b) => flow(b) - flow(a))
    .slice(0, 1);
}

const reservoirRow = (table: ReservoirTable, slot: number, sources: WaterSources): WaterRow =>
  measured(table, slot, { ...damLevel(table, slot), sources });

const gaugeRow = (table: GaugeTable, slot: number, sources: WaterSources): WaterRow =>
  measured(table, slot, { ...gaugeLevel(table, slot), sources });

interface Measure {
  readonly level: number | null;
  readonly limit: LimitKind;
  readonly limitM: number | null;
  readonly severity: Severity | null;
  readonly sources: WaterSources;
}

function measured(table: ReservoirTable | GaugeTable, slot: number, measure: Measure): WaterRow {
  const { level, limit, limitM, severity, sources } = measure;
  const row = {
    layer: table.layer.slug,
    key: table.keyAt(slot),
    at: table.validAt[slot] ?? 0,
    source: table.sourceAt(slot),
  };
  const state = rowState({ validAt: row.at, source: row.source }, table.layer.periodS, sources);
  const known = state === 'down' || table.qualityAt(slot) === 'bad' ? null : level;
  const fresh = known !== null && state !== 'stale';
  return {
    name: shortName((table as GaugeTable).column('name').value(slot) ?? row.key),
    row,
    state,
    level: known === null ? null : formatNumber(known, LEVEL_STEP, 'zh'),
    marginM: known === null || limitM === null ? null : marginOf(known, limitM),
    limit: limitM === null ? null : limit,
    limitM,
    severity: fresh ? severity : null,
    filled: known === null || limitM === null ? null : shareOf(known, limitM),
    synthetic: table.syntheticAt(slot),
  };
}

/** Where a level stands on the bar, 0–1. */
export function shareOf(levelM: number, limitM: number): number {
  const share = 1 - (limitM + ABOVE_LIMIT_M - levelM) / BAR_M;
  return Math.min(1, Math.max(0, share));
}

/** Where the limit stands on every bar. */
export const LIMIT_SHARE = 1 - ABOVE_LIMIT_M / BAR_M;

const shortName = (name: string): string => name.replace(/水库$/, '');

/** The newest row counts for the age of the panel; null without rows. */
export function newestAt(rows: readonly WaterRow[]): number | null {
  const times = rows.flatMap(({ row }) => (row ? [row.at] : []));
  return times.length === 0 ? null : Math.max(...times);
}
