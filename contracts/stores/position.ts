// Positions as integers of 1e-5°: x east, y north. x = NULL_QUANTUM means null.
import type { LonLat } from '../column.ts';
import { NULL_QUANTUM } from '../column.ts';
import type { SlotArray, Store } from './store.ts';
import { grownInt32 } from './store.ts';

/** Quanta per degree. */
export const PER_DEGREE = 100_000;
export const MAX_X = 180 * PER_DEGREE;
export const MAX_Y = 90 * PER_DEGREE;

export class PositionStore implements Store<LonLat | null> {
  readonly kind = 'position';
  x = new Int32Array(0);
  y = new Int32Array(0);

  grow(capacity: number): void {
    this.x = grownInt32(this.x, capacity, NULL_QUANTUM);
    this.y = grownInt32(this.y, capacity, 0);
  }

  /** Degrees; NaN where the position is null. */
  lon(slot: number): number {
    return this.isNull(slot) ? NaN : (this.x[slot] as number) / PER_DEGREE;
  }

  lat(slot: number): number {
    return this.isNull(slot) ? NaN : (this.y[slot] as number) / PER_DEGREE;
  }

  isNull(slot: number): boolean {
    return this.x[slot] === NULL_QUANTUM;
  }

  fault(value: LonLat | null): string | null {
    if (value === null) return null;
    if (!Array.isArray(value)) return `${String(value)} is not [lon, lat]`;
    return lonLatFault(value[0], value[1]);
  }

  set(slot: number, value: LonLat | null): boolean {
    return value === null ? this.setQuanta(slot, NULL_QUANTUM, 0) : this.setLonLat(slot, value[0], value[1]);
  }

  /** For hot paths: degrees that are known to be in range. */
  setLonLat(slot: number, lon: number, lat: number): boolean {
    return this.setQuanta(slot, Math.round(lon * PER_DEGREE), Math.round(lat * PER_DEGREE));
  }

  setQuanta(slot: number, x: number, y: number): boolean {
    if (this.x[slot] === x && this.y[slot] === y) return false;
    this.x[slot] = x;
    this.y[slot] = y;
    return true;
  }

  value(slot: number): LonLat | null {
    return this.isNull(slot) ? null : [this.lon(slot), this.lat(slot)];
  }

  copy(source: this, from: number, to: number): void {
    this.x[to] = source.x[from] as number;
    this.y[to] = source.y[from] as number;
  }

  arrays(): readonly SlotArray[] {
    return [this.x, this.y];
  }
}

/** What is wrong with a coordinate pair, or null. */
export function lonLatFault(lon: number, lat: number): string | null {
  if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) return null;
  return `[${String(lon)}, ${String(lat)}] is not [lon, lat] in degrees`;
}
