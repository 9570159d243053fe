// Columns of one integer a row: numbers, flags, times, enums.
import type { EnumColumn, FlagsColumn, NumberColumn, TimeColumn } from '../column.ts';
import { NULL_QUANTUM } from '../column.ts';
import type { SlotArray, Store } from './store.ts';
import { grownFloat64, grownInt32, grownUint8 } from './store.ts';

/** Numbers as integer multiples of `step`; NULL_QUANTUM = null. */
export class NumberStore implements Store<number | null> {
  readonly kind = 'number';
  readonly step: number;
  data = new Int32Array(0);
  readonly #column: NumberColumn;
  /** 1 / step where that is whole, so that 3 × 0.1 reads 0.3; otherwise 0. */
  readonly #perUnit: number;

  constructor(column: NumberColumn) {
    this.#column = column;
    this.step = column.step;
    const perUnit = Math.round(1 / column.step);
    this.#perUnit = Math.abs(perUnit * column.step - 1) < 1e-9 ? perUnit : 0;
  }

  grow(capacity: number): void {
    this.data = grownInt32(this.data, capacity, NULL_QUANTUM);
  }

  /** The integer nearest to `value` / step. */
  quantum(value: number): number {
    return Math.round(this.#perUnit > 0 ? value * this.#perUnit : value / this.step);
  }

  /** In the column's unit; NaN = null. */
  get(slot: number): number {
    const quantum = this.data[slot] as number;
    if (quantum === NULL_QUANTUM) return NaN;
    return this.#perUnit > 0 ? quantum / this.#perUnit : quantum * this.step;
  }

  fault(value: number | null): string | null {
    if (value === null) return null;
    const { min, max, unit } = this.#column;
    if (typeof value !== 'number' || !Number.isFinite(value))
      return `${String(value)} is not a finite number`;
    const quantum = this.quantum(value);
    if (quantum >= this.quantum(min) && quantum <= this.quantum(max)) return null;
    return `${value} ${unit} is outside ${min}–${max}`;
  }

  /** NaN and null both mean null. */
  set(slot: number, value: number | null): boolean {
    const quantum = value === null || Number.isNaN(value) ? NULL_QUANTUM : this.quantum(value);
    if (this.data[slot] === quantum) return false;
    this.data[slot] = quantum;
    return true;
  }

  value(slot: number): number | null {
    return this.data[slot] === NULL_QUANTUM ? null : this.get(slot);
  }

  copy(source: this, from: number, to: number): void {
    this.data[to] = source.data[from] as number;
  }

  arrays(): readonly SlotArray[] {
    return [this.data];
  }
}

/** Sets of bits as the integer; NULL_QUANTUM = null. */
export class FlagsStore implements Store<number | null> {
  readonly kind = 'flags';
  readonly step = 1;
  data = new Int32Array(0);
  readonly #limit: number;

  constructor(column: FlagsColumn) {
    this.#limit = 2 ** Object.keys(column.bits).length;
  }

  grow(capacity: number): void {
    this.data = grownInt32(this.data, capacity, NULL_QUANTUM);
  }

  /** NaN = null. */
  get(slot: number): number {
    const flags = this.data[slot] as number;
    return flags === NULL_QUANTUM ? NaN : flags;
  }

  fault(value: number | null): string | null {
    if (value === null || (Number.isInteger(value) && value >= 0 && value < this.#limit)) return null;
    return `${String(value)} holds bits that are not declared`;
  }

  set(slot: number, value: number | null): boolean {
    const flags = value === null || Number.isNaN(value) ? NULL_QUANTUM : value;
    if (this.data[slot] === flags) return false;
    this.data[slot] = flags;
    return true;
  }

  value(slot: number): number | null {
    const flags = this.data[slot] as number;
    return flags === NULL_QUANTUM ? null : flags;
  }

  copy(source: this, from: number, to: number): void {
    this.data[to] = source.data[from] as number;
  }

  arrays(): readonly SlotArray[] {
    return [this.data];
  }
}

/** Epoch milliseconds / stepMs as a whole number; NaN = null. */
export class TimeStore implements Store<number | null> {
  readonly kind = 'time';
  readonly step: number;
  data = new Float64Array(0);

  constructor(column: Pick<TimeColumn, 'stepMs'>) {
    this.step = column.stepMs;
  }

  grow(capacity: number): void {
    this.data = grownFloat64(this.data, capacity, NaN);
  }

  /** Epoch ms; NaN = null. */
  get(slot: number): number {
    return (this.data[slot] as number) * this.step;
  }

  fault(value: number | null): string | null {
    // ±8.64e15 ms is what a Date can hold; a thousandth of it still reaches to the year 275,000 / 1,000 s steps.
    if (value === null || (typeof value === 'number' && Math.abs(value) <= MAX_TIME_MS)) return null;
    return `${String(value)} is not an epoch time in ms`;
  }

  set(slot: number, value: number | null): boolean {
    const quantum = value === null ? NaN : Math.round(value / this.step);
    if (Object.is(this.data[slot], quantum)) return false;
    this.data[slot] = quantum;
    return true;
  }

  value(slot: number): number | null {
    const quantum = this.data[slot] as number;
    return Number.isNaN(quantum) ? null : quantum * this.step;
  }

  copy(source: this, from: number, to: number): void {
    this.data[to] = source.data[from] as number;
  }

  arrays(): readonly SlotArray[] {
    return [this.data];
  }
}

/** Times reach to about the year 33,000, so that a difference of two, doubled, is still exact. */
export const MAX_TIME_MS = 1e15;

/** One of the declared codes: 0 = null, else its index + 1 in declared order. */
export class EnumStore<K extends string = string> implements Store<K | null> {
  readonly kind = 'enum';
  readonly codes: readonly K[];
  data = new Uint8Array(0);
  readonly #ids: ReadonlyMap<string, number>;

  constructor(column: Pick<EnumColumn<K>, 'values'>) {
    this.codes = Object.keys(column.values) as K[];
    this.#ids = new Map(this.codes.map((code, index) => [code, index + 1]));
  }

  grow(capacity: number): void {
    this.data = grownUint8(this.data, capacity);
  }

  get(slot: number): K | null {
    return this.codes[(this.data[slot] as number) - 1] ?? null;
  }

  fault(value: K | null): string | null {
    return value === null || this.#ids.has(value)
      ? null
      : `code ${String(value)} is not one of ${this.codes.join(', ')}`;
  }

  set(slot: number, value: K | null): boolean {
    const id = value === null ? 0 : (this.#ids.get(value) ?? 0);
    if (this.data[slot] === id) return false;
    this.data[slot] = id;
    return true;
  }

  value(slot: number): K | null {
    return this.get(slot);
  }

  copy(source: this, from: number, to: number): void {
    this.data[to] = source.data[from] as number;
  }

  arrays(): readonly SlotArray[] {
    return [this.data];
  }
}

/** Yes or no. */
export class BitStore implements Store<boolean> {
  readonly kind = 'bit';
  data = new Uint8Array(0);

  grow(capacity: number): void {
    this.data = grownUint8(this.data, capacity);
  }

  fault(value: boolean): string | null {
    return typeof value === 'boolean' ? null : `${String(value)} is not true or false`;
  }

  set(slot: number, value: boolean): boolean {
    const bit = value ? 1 : 0;
    if (this.data[slot] === bit) return false;
    this.data[slot] = bit;
    return true;
  }

  value(slot: number): boolean {
    return this.data[slot] === 1;
  }

  copy(source: this, from: number, to: number): void {
    this.data[to] = source.data[from] as number;
  }

  arrays(): readonly SlotArray[] {
    return [this.data];
  }
}
