// Readings that are possible but hard to believe: stuck sensors and jumps. They mark a row as suspect, never refuse it.
import type { LonLat } from '../../contracts/column.ts';
import type { LayerTable } from '../../contracts/table.ts';

export interface ColumnRule {
  /** Identical to the quantum for more than this many periods of the layer: the sensor is stuck. */
  readonly frozenPeriods?: number;
  /** Change of the value in its unit per second beyond which nature, or the road, does not go. */
  readonly jumpPerS?: number;
  /** Change that is always believed, however fast: noise of the instrument, in the unit. */
  readonly jumpFree?: number;
}

/**
 * By layer and column. Analogue instruments tremble: air and water readings that stand still for hours are stuck.
 * Speeds in m/s are what the kind of object can do with a third to spare. Water levels: 5 cm in a second is a broken float.
 */
export const plausibility: Readonly<Record<string, Readonly<Record<string, ColumnRule>>>> = {
  'bus-position': { position: { jumpPerS: 45, jumpFree: 200 } },
  'vehicle-position': { position: { jumpPerS: 60, jumpFree: 200 } },
  'vessel-position': { position: { jumpPerS: 25, jumpFree: 200 } },
  'weather-station': {
    tempC: { frozenPeriods: 36, jumpPerS: 0.05, jumpFree: 3 },
    pressureHPa: { frozenPeriods: 72, jumpPerS: 0.05, jumpFree: 3 },
  },
  'noise-station': { leqDbA: { frozenPeriods: 30 } },
  'radiation-station': { doseRateNGyH: { frozenPeriods: 36, jumpPerS: 1, jumpFree: 60 } },
  'air-station': { pm25Ugm3: { frozenPeriods: 8 }, o3Ugm3: { frozenPeriods: 12 } },
  'river-gauge': { levelM: { frozenPeriods: 288, jumpPerS: 0.05, jumpFree: 0.3 } },
  reservoir: { levelM: { frozenPeriods: 576, jumpPerS: 0.02, jumpFree: 0.3 } },
  'slope-monitor': { displacementMm: { jumpPerS: 1, jumpFree: 50 } },
};

const METRES_PER_DEGREE = 111_320;

/** New values of an object, by column number; `slot` −1: there are no previous ones. */
export interface Reading {
  readonly object: number;
  readonly slot: number;
  readonly at: number;
  readonly values: readonly unknown[];
}

interface Watched {
  readonly column: number;
  readonly name: string;
  readonly rule: ColumnRule;
  readonly isPosition: boolean;
  readonly step: number;
}

/** Watches the columns of one layer; memory is two numbers per object and frozen rule. */
export class Plausibility {
  readonly #watched: readonly Watched[];
  readonly #table: LayerTable;
  readonly #periodMs: number;
  /** Per object and watched column: the last quantum and since when it stands. */
  #last = new Float64Array(0);
  #since = new Float64Array(0);

  constructor(
    table: LayerTable,
    rules: Readonly<Record<string, ColumnRule>> = plausibility[table.layer.slug] ?? {},
  ) {
    const names = Object.keys(table.layer.columns);
    this.#table = table;
    this.#periodMs = (table.layer.periodS ?? 0) * 1000;
    this.#watched = Object.entries(rules).map(([name, rule]) => {
      const column = table.layer.columns[name];
      if (column?.type !== 'number' && column?.type !== 'position') {
        throw new Error(`plausibility of ${table.layer.slug}: ${name} is no number or position column`);
      }
      const isPosition = column.type === 'position';
      return { column: names.indexOf(name), name, rule, isPosition, step: isPosition ? 1 : column.step };
    });
  }

  grow(objects: number): void {
    const cells = objects * this.#watched.length;
    if (cells <= this.#last.length) return;
    const last = new Float64Array(cells).fill(NaN);
    const since = new Float64Array(cells);
    last.set(this.#last);
    since.set(this.#since);
    this.#last = last;
    this.#since = since;
  }

  forget(object: number): void {
    this.#last.fill(NaN, object * this.#watched.length, (object + 1) * this.#watched.length);
  }

  /** Before the new values are written: the slot still holds the previous ones. */
  isSuspect(reading: Reading): boolean {
    let suspect = false;
    for (let at = 0; at < this.#watched.length; at += 1) {
      const watched = this.#watched[at] as Watched;
      const value = reading.values[watched.column];
      if (value === undefined || value === null) continue;
      if (watched.rule.jumpPerS !== undefined && this.#jumps(watched, reading)) suspect = true;
      if (watched.rule.frozenPeriods !== undefined && this.#stands(watched, reading, at)) suspect = true;
    }
    return suspect;
  }

  #jumps(watched: Watched, { slot, at, values }: Reading): boolean {
    if (slot < 0) return false;
    const value = values[watched.column];
    const seconds = Math.max(1, (at - (this.#table.validAt[slot] as number)) / 1000);
    const allowed = (watched.rule.jumpFree ?? 0) + (watched.rule.jumpPerS ?? 0) * seconds;
    const store = this.#table.stores.columns.get(watched.name);
    if (store?.kind === 'position') {
      if (store.isNull(slot)) return false;
      const [lon, lat] = value as LonLat;
      const north = (lat - store.lat(slot)) * METRES_PER_DEGREE;
      const east = (lon - store.lon(slot)) * METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
      return north * north + east * east > allowed * allowed;
    }
    if (store?.kind !== 'number') return false;
    // NaN (no previous value) compares false.
    return Math.abs((value as number) - store.get(slot)) > allowed;
  }

  #stands(watched: Watched, { object, at, values }: Reading, index: number): boolean {
    if (watched.isPosition) return false;
    const cell = object * this.#watched.length + index;
    const quantum = Math.round((values[watched.column] as number) / watched.step);
    if (this.#last[cell] !== quantum) {
      this.#last[cell] = quantum;
      this.#since[cell] = at;
      return false;
    }
    return at - (this.#since[cell] as number) > (watched.rule.frozenPeriods ?? 0) * this.#periodMs;
  }
}
