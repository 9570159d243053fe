// Values of rows and the limits they are held against, read from the stores of a table without allocating.
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

export class Limits {
  readonly #limits: Float64Array;
  readonly #isUpper: boolean;
  readonly #isStrict: boolean;
  readonly #hysteresis: number;

  constructor(sides: Sides, hysteresis = 0) {
    const { above, atLeast, below, atMost } = sides;
    this.#limits = limitsOf(above ?? atLeast ?? below ?? atMost ?? NaN);
    this.#isUpper = above !== undefined || atLeast !== undefined;
    this.#isStrict = above !== undefined || below !== undefined;
    this.#hysteresis = hysteresis;
  }

  /** The worst level a value reaches; at a level that is held the limit is eased by the hysteresis. */
  level(value: number, held: number): number {
    if (Number.isNaN(value)) return UNKNOWN;
    for (let level = ANY; level > NONE; level--) {
      const limit = this.#limits[level] as number;
      const ease = level <= held || (level === ANY && held > NONE) ? this.#hysteresis : 0;
      // NaN, no limit at this level, compares false.
      if (this.#reaches(value, this.#isUpper ? limit - ease : limit + ease)) return level;
    }
    return NONE;
  }

  /** The limit of a level; NaN: it has none of its own. */
  of(level: number): number {
    const own = this.#limits[level] ?? NaN;
    return Number.isNaN(own) ? (this.#limits[ANY] as number) : own;
  }

  /** Whether it names severities itself. */
  get isGraded(): boolean {
    return Number.isNaN(this.#limits[ANY]);
  }

  #reaches(value: number, limit: number): boolean {
    if (this.#isUpper) return this.#isStrict ? value > limit : value >= limit;
    return this.#isStrict ? value < limit : value <= limit;
  }
}
