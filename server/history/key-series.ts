// The observations of one object along validAt, its columns as whole numbers: what charts of the last day are drawn from.
import { NULL_QUANTUM } from '../../contracts/column.ts';
import { grownFloat64, grownInt32 } from '../../contracts/stores/store.ts';

/** Rows room is made for at least; beyond, a quarter more each time: most series live long at one length. */
const FIRST_CAPACITY = 8;

/** Series of one key as plain arrays, for moving them between threads. */
export interface SeriesColumns {
  readonly validAt: Float64Array;
  /** null: all are 0. */
  readonly revision: Float64Array | null;
  /** Row after row, `width` numbers each. */
  readonly cells: Int32Array;
}

export class KeySeries {
  readonly #width: number;
  readonly #keepMs: number;
  validAt = new Float64Array(0);
  /** Most sources never correct: made with the first revision that is not 0. */
  #revision: Float64Array | null = null;
  cells = new Int32Array(0);
  count = 0;

  /** `keepMs`: what is older than the newest observation by more than this is forgotten when room is needed. */
  constructor(width: number, keepMs: number) {
    this.#width = width;
    this.#keepMs = keepMs;
  }

  get newest(): number {
    return this.count === 0 ? -Infinity : (this.validAt[this.count - 1] as number);
  }

  /**
   * Puts one observation in its place. One moment holds one row: what is said of it again, unless by an older revision,
   * replaces what it names (`cells` without NULL_QUANTUM).
   */
  insert(validAt: number, revision: number, cells: Int32Array): void {
    if (validAt < this.newest - this.#keepMs) return;
    const at = validAt > this.newest ? this.count : this.from(validAt);
    if (at < this.count && this.validAt[at] === validAt) return this.#merge(at, revision, cells);
    const place = this.count === this.validAt.length ? this.#makeRoom(at) : at;
    const width = this.#width;
    this.validAt.copyWithin(place + 1, place, this.count);
    this.#revision?.copyWithin(place + 1, place, this.count);
    this.cells.copyWithin((place + 1) * width, place * width, this.count * width);
    this.validAt[place] = validAt;
    this.#setRevision(place, revision);
    this.cells.set(cells, place * width);
    this.count += 1;
  }

  /** Index of the first observation at or after a moment. */
  from(moment: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.validAt[middle] as number) < moment) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  columns(): SeriesColumns {
    return {
      validAt: this.validAt.slice(0, this.count),
      revision: this.#revision?.slice(0, this.count) ?? null,
      cells: this.cells.slice(0, this.count * this.#width),
    };
  }

  /** Takes older observations of the same key in. */
  adopt(columns: SeriesColumns): void {
    const width = this.#width;
    const later = this.columns();
    this.validAt = new Float64Array(columns.validAt);
    this.#revision = columns.revision && new Float64Array(columns.revision);
    this.cells = new Int32Array(columns.cells);
    this.count = columns.validAt.length;
    for (let at = 0; at < later.validAt.length; at += 1) {
      const cells = later.cells.subarray(at * width, (at + 1) * width);
      this.insert(later.validAt[at] as number, later.revision?.[at] ?? 0, cells);
    }
  }

  #merge(at: number, revision: number, cells: Int32Array): void {
    if (revision < (this.#revision?.[at] ?? 0)) return;
    this.#setRevision(at, revision);
    for (let column = 0; column < this.#width; column += 1) {
      const cell = cells[column] as number;
      if (cell !== NULL_QUANTUM) this.cells[at * this.#width + column] = cell;
    }
  }

  #setRevision(at: number, revision: number): void {
    if (revision !== 0) this.#revision ??= new Float64Array(this.validAt.length);
    if (this.#revision) this.#revision[at] = revision;
  }

  /** → where the row that should have come to `at` comes now */
  #makeRoom(at: number): number {
    const old = Math.min(at, this.from(this.newest - this.#keepMs));
    if (old > this.count / 8) {
      this.validAt.copyWithin(0, old, this.count);
      this.#revision?.copyWithin(0, old, this.count);
      this.cells.copyWithin(0, old * this.#width, this.count * this.#width);
      this.count -= old;
      return at - old;
    }
    const capacity = this.count + Math.max(FIRST_CAPACITY, this.count >>> 2);
    this.validAt = grownFloat64(this.validAt, capacity, 0);
    if (this.#revision) this.#revision = grownFloat64(this.#revision, capacity, 0);
    this.cells = grownInt32(this.cells, capacity * this.#width, 0);
    return at;
  }
}
