// City rows of the layer indicator-value, as panels read them. An indicator without a row is not connected.
import { computed } from 'vue';
import { indicatorValue, LIMIT_MARK } from '../../contracts/layers/indicator-value.ts';
import { warning } from '../../contracts/layers/warning.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { catalog } from '../catalog.ts';
import { tableOf } from './layers.ts';

export type IndicatorTable = LayerTable<(typeof indicatorValue)['columns']>;
export type Severity = 'red' | 'orange' | 'yellow' | 'blue';
/** 'waiting': the server has just started, or has not told yet. */
export type IndicatorState = 'waiting' | 'current' | 'stale' | 'insufficient' | 'off';

export interface Reading {
  readonly slug: string;
  /** Key of its row. */
  readonly key: string;
  /** Code of a county; '' for the whole city. */
  readonly region: string;
  /** null: there is nothing to compute it from; `state` says why. */
  readonly value: number | null;
  readonly unit: string;
  readonly state: IndicatorState;
  /** null: normal, without thresholds or without value. */
  readonly level: Severity | null;
  /** The moment the value was computed for, epoch ms. */
  readonly at: number;
  readonly coveragePct: number | null;
  readonly oldestInputS: number | null;
  readonly inputs: readonly string[];
  readonly parts: readonly string[];
  /** Thresholds in force when it was computed, in its unit; null: it is not judged. */
  readonly limits: readonly number[] | null;
  readonly estimated: boolean;
  readonly synthetic: boolean;
}

/** Readings of the whole city by slug. Rows of counties carry the code of their region, those of the city none. */
export function cityReadings(table: IndicatorTable | null): ReadonlyMap<string, Reading> {
  const readings = new Map<string, Reading>();
  if (!table) return readings;
  for (let slot = 0; slot < table.highWater; slot++) {
    if (table.alive[slot] !== 1 || table.regionAt(slot) !== '') continue;
    const reading = readingAt(table, slot);
    readings.set(reading.slug, reading);
  }
  return readings;
}

function readingAt(table: IndicatorTable, slot: number): Reading {
  const level = table.column('level').get(slot);
  const state = table.column('state').get(slot) ?? 'off';
  const hasValue = state === 'current' || state === 'stale';
  return {
    slug: table.column('indicator').value(slot) ?? table.keyAt(slot),
    key: table.keyAt(slot),
    region: table.regionAt(slot),
    value: hasValue ? table.column('value').value(slot) : null,
    unit: table.column('unit').value(slot) ?? '',
    state,
    level: state === 'current' && level !== 'normal' ? level : null,
    at: table.validAt[slot] ?? 0,
    coveragePct: table.column('coveragePct').value(slot),
    oldestInputS: table.column('oldestInputS').value(slot),
    inputs: table.column('inputs').value(slot) ?? [],
    parts: table.column('parts').value(slot) ?? [],
    limits: table.column('limits').value(slot)?.split(LIMIT_MARK).map(Number) ?? null,
    estimated: table.qualityAt(slot) === 'estimated',
    synthetic: table.syntheticAt(slot),
  };
}

/** Readings of one indicator in the counties, in the order of the table. */
export function countyReadings(table: IndicatorTable | null, slug: string): readonly Reading[] {
  const found: Reading[] = [];
  for (let slot = 0; slot < (table?.highWater ?? 0); slot++) {
    if (table?.alive[slot] !== 1 || table.regionAt(slot) === '') continue;
    if (table.column('indicator').value(slot) === slug) found.push(readingAt(table, slot));
  }
  return found;
}

export const readings = computed(() => cityReadings(tableOf(indicatorValue)));

const GRAVE: ReadonlySet<Severity | null> = new Set(['yellow', 'orange', 'red']);

/**
 * Indicators at yellow or worse that are measured themselves: an index of indicators, or one that only counts the
 * warnings, would count the same thing twice.
 */
export function deviating(
  all: Iterable<Reading>,
  isLayer: (slug: string) => boolean = (slug) => catalog.has(slug),
): readonly Reading[] {
  return [...all].filter(
    ({ level, inputs }) =>
      GRAVE.has(level) && inputs.every(isLayer) && !inputs.every((slug) => slug === warning.slug),
  );
}
