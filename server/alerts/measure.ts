// Values of rows and the limits they are held against, read from the stores of a table without allocating.
import { NULL_QUANTUM } from '../../contracts/column.ts';
import type { AlertLimit, AlertValue } from '../../contracts/records/alert-rule.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { ANY, limitsOf, NONE, UNKNOWN } from './level.ts';

/** NaN: not known. In the unit of the column. */
export type Read = (slot: number) => number;

export function readerOf(table: LayerTable, value: AlertValue): Read {
  const of = numbersOf(table, value.column);
  const { minus, over } = value as { readonly minus?: string; readonly over?: string };
  const less = minus === undefined ? null : numbersOf(table, minus);
  const by = over === undefined ? null : numbersOf(table, over);
  if (less === null && by === null) return of;
  return (slot) => {
    const value = less === null ? of(slot) : of(slot) - less(slot);
    if (by === null) return value;
    const divisor = by(slot);
    return divisor === 0 ? NaN : value / divisor;
  };
}

function numbersOf(table: LayerTable, name: string): Read {
  const store = table.stores.columns.get(name);
  if (store?.kind !== 'number') throw new Error(`layer ${table.layer.slug}: ${name} holds no numbers`);
  return (slot) => store.get(slot);
}

/** The four ways to write a limit. */
export interface Sides {
  readonly above?: AlertLimit | undefined;
  readonly atLeast?: AlertLimit | undefined;
  readonly below?: AlertLimit | undefined;
  readonly atMost?: AlertLimit | undefined;
}

/** Quanta: integers, so that nothing is boxed on the way. null: the value is no plain difference of columns of one step. */
export function quantaOf(
  table: LayerTable,
  value: AlertValue,
): { readonly read: Read; readonly step: number } | null {
  const { minus, over } = value as { readonly minus?: string; readonly over?: string };
  const of = table.stores.columns.get(value.column);
  const less = minus === undefined ? null : table.stores.columns.get(minus);
  if (of?.kind !== 'number' || over !== undefined) return null;
  if (less === null) return { read: (slot) => of.data[slot] as number, step: of.step };
  if (less?.kind !== 'number' || less.step !== of.step) return null;
  const read: Read = (slot) => {
    const a = of.data[slot] as number;
    const b = less.data[slot] as number;
    return a === NULL_QUANTUM || b === NULL_QUANTUM ? NULL_QUANTUM : a - b;
  };
  return { read, step: of.step };
}

/** 0.07 / 0.01 is 7, not a little more. */
function inQuanta(limit: number, step: number): number {
  const quanta = limit / step;
  const whole = Math.round(quanta);
  return Math.abs(quanta - whole) < 1e-6 ? whole : quanta;
}

export class Limits {
  /** As written, for people. */
  readonly #said: Float64Array;
  readonly #limits: Float64Array;
  readonly #eased: Float64Array;
  readonly #isUpper: boolean;
  readonly #isStrict: boolean;

  /** `step`: what values are multiples of, where they are told in quanta. */
  constructor(sides: Sides, { hysteresis = 0, step = 1 } = {}) {
    const { above, atLeast, below, atMost } = sides;
    this.#isUpper = above !== undefined || atLeast !== undefined;
    this.#isStrict = above !== undefined || below !== undefined;
    this.#said = limitsOf(above ?? atLeast ?? below ?? atMost ?? NaN);
    const ease = this.#isUpper ? -hysteresis : hysteresis;
    this.#limits = this.#said.map((limit) => inQuanta(limit, step));
    this.#eased = this.#said.map((limit) => inQuanta(limit + ease, step));
  }

  /** The worst level a value reaches; at a level that is held the limit is eased by the hysteresis. */
  level(value: number, held: number): number {
    if (Number.isNaN(value) || value === NULL_QUANTUM) return UNKNOWN;
    for (let level = ANY; level > NONE; level--) {
      const isHeld = level <= held || (level === ANY && held > NONE);
      const limit = (isHeld ? this.#eased : this.#limits)[level] as number;
      // NaN, no limit at this level, compares false.
      if (this.#isUpper) {
        if (this.#isStrict ? value > limit : value >= limit) return level;
      } else if (this.#isStrict ? value < limit : value <= limit) return level;
    }
    return NONE;
  }

  /** The limit of a level; NaN: it has none of its own. */
  of(level: number): number {
    const own = this.#said[level] ?? NaN;
    return Number.isNaN(own) ? (this.#said[ANY] as number) : own;
  }

  /** Whether it names severities itself. */
  get isGraded(): boolean {
    return Number.isNaN(this.#said[ANY]);
  }
}
