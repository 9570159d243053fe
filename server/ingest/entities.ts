// What ingest remembers of the objects of one layer, by object number: stamps, the latest deliveries, owner, ending.
// Flat arrays, so that a delivery allocates nothing.
import { grownInt32 } from '../../contracts/stores/store.ts';

/** Deliveries remembered per object, to know a repeat from news. */
const RECENT = 8;
const FIRST = 64;

/** −∞ as a moment: nothing yet. */
const NEVER = -Infinity;

/** When a value was true, and which telling of it this is. */
export interface Moment {
  readonly at: number;
  readonly revision: number;
}

/** Columns by number as bits: 0–31 and 32–59. */
export interface ColumnSet {
  readonly low: number;
  readonly high: number;
}

export class Entities {
  readonly #columns: number;
  readonly #numbers = new Map<string, number>();
  readonly #free: number[] = [];
  #capacity = 0;
  #count = 0;
  readonly keys: string[] = [];
  /** Moment and revision of the newest delivery that reached the state. */
  lastAt = new Float64Array(0);
  lastRevision = new Float64Array(0);
  /** The source said at this moment that the thing ended. */
  removedAt = new Float64Array(0);
  /** Number of the lane that owns the row; −1 nobody yet. When it last delivered (our clock); good reports of a challenger. */
  owner = new Int16Array(0);
  ownerAt = new Float64Array(0);
  challenges = new Uint8Array(0);
  /** Where the row was last found in the table, and the key in the batch: guesses, to be held against the key. */
  slot = new Int32Array(0);
  batchKey = new Int32Array(0);
  /** By object × column: when the column was last set, so that each is a last-writer-wins register. */
  #stampAt = new Float64Array(0);
  #stampRevision = new Float64Array(0);
  /** By object × RECENT. */
  #recentAt = new Float64Array(0);
  #recentRevision = new Float64Array(0);
  #recentLow = new Uint32Array(0);
  #recentHigh = new Uint32Array(0);
  #recentNext = new Uint8Array(0);

  constructor(columns: number) {
    this.#columns = columns;
  }

  get capacity(): number {
    return this.#capacity;
  }

  get count(): number {
    return this.#numbers.size;
  }

  numberOf(key: string): number {
    return this.#numbers.get(key) ?? -1;
  }

  /** The number of a key, new ones with empty memory. */
  adopt(key: string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const object = this.#free.pop() ?? this.#count++;
    if (object >= this.#capacity) this.#grow(Math.max(FIRST, this.#capacity * 2));
    this.#numbers.set(key, object);
    this.keys[object] = key;
    this.lastAt[object] = NEVER;
    this.lastRevision[object] = NEVER;
    this.removedAt[object] = NEVER;
    this.owner[object] = -1;
    this.ownerAt[object] = NEVER;
    this.challenges[object] = 0;
    this.forgetDeliveries(object);
    this.clearStamps(object);
    return object;
  }

  /** What came before may come again and count. */
  forgetDeliveries(object: number): void {
    this.#recentAt.fill(NaN, object * RECENT, (object + 1) * RECENT);
    this.#recentNext[object] = 0;
  }

  forget(object: number): void {
    this.#numbers.delete(this.keys[object] ?? '');
    this.keys[object] = '';
    this.#free.push(object);
  }

  *all(): IterableIterator<number> {
    yield* this.#numbers.values();
  }

  /** A row that begins anew has no older values to defend. */
  clearStamps(object: number): void {
    this.#stampAt.fill(NEVER, object * this.#columns, (object + 1) * this.#columns);
    this.#stampRevision.fill(NEVER, object * this.#columns, (object + 1) * this.#columns);
  }

  /** The versions of a source count first, moments within one version. Without versions every delivery is number 0. */
  isNewer(object: number, column: number, { at, revision }: Moment): boolean {
    const cell = object * this.#columns + column;
    const before = this.#stampRevision[cell] as number;
    return revision > before || (revision === before && at > (this.#stampAt[cell] as number));
  }

  /** Whether the column speaks of `at` or of an earlier moment. */
  isUpTo(object: number, column: number, at: number): boolean {
    return Math.floor(this.#stampAt[object * this.#columns + column] as number) <= at;
  }

  stamp(object: number, column: number, { at, revision }: Moment): void {
    const cell = object * this.#columns + column;
    this.#stampAt[cell] = at;
    this.#stampRevision[cell] = revision;
  }

  /** True when all columns of this moment and revision came before; else remembers them. */
  isRepeat(object: number, moment: Moment & ColumnSet): boolean {
    const from = object * RECENT;
    for (let cell = from; cell < from + RECENT; cell += 1) {
      if (this.#recentAt[cell] !== moment.at || this.#recentRevision[cell] !== moment.revision) continue;
      const low = this.#recentLow[cell] as number;
      const high = this.#recentHigh[cell] as number;
      if ((moment.low & ~low) === 0 && (moment.high & ~high) === 0) return true;
      this.#recentLow[cell] = low | moment.low;
      this.#recentHigh[cell] = high | moment.high;
      return false;
    }
    const next = this.#recentNext[object] as number;
    this.#recentAt[from + next] = moment.at;
    this.#recentRevision[from + next] = moment.revision;
    this.#recentLow[from + next] = moment.low;
    this.#recentHigh[from + next] = moment.high;
    this.#recentNext[object] = (next + 1) % RECENT;
    return false;
  }

  #grow(capacity: number): void {
    const floats = (old: Float64Array, width = 1): Float64Array<ArrayBuffer> => {
      const next = new Float64Array(capacity * width);
      next.set(old);
      return next;
    };
    const words = (old: Uint32Array): Uint32Array<ArrayBuffer> => {
      const next = new Uint32Array(capacity * RECENT);
      next.set(old);
      return next;
    };
    const bytes = (old: Uint8Array): Uint8Array<ArrayBuffer> => {
      const next = new Uint8Array(capacity);
      next.set(old);
      return next;
    };
    this.lastAt = floats(this.lastAt);
    this.lastRevision = floats(this.lastRevision);
    this.removedAt = floats(this.removedAt);
    this.ownerAt = floats(this.ownerAt);
    this.#stampAt = floats(this.#stampAt, this.#columns);
    this.#stampRevision = floats(this.#stampRevision, this.#columns);
    this.#recentAt = floats(this.#recentAt, RECENT);
    this.#recentRevision = floats(this.#recentRevision, RECENT);
    this.#recentLow = words(this.#recentLow);
    this.#recentHigh = words(this.#recentHigh);
    this.#recentNext = bytes(this.#recentNext);
    this.challenges = bytes(this.challenges);
    const owner = new Int16Array(capacity);
    owner.set(this.owner);
    this.slot = grownInt32(this.slot, capacity, 0);
    this.batchKey = grownInt32(this.batchKey, capacity, 0);
    this.owner = owner;
    this.#capacity = capacity;
  }
}
