// Lanes of one integer a row. Numbers and times go as differences (to the sent value; in puts to the row before),
// codes and flags as they are. Code 0 is null.
import { unzigzag, zigzag } from '../bytes.ts';
import { NULL_QUANTUM } from '../column.ts';
import { CodedError } from '../errors.ts';
import { MAX_TIME_MS } from '../stores/scalar.ts';
import type { FrameIn } from './frame-in.ts';
import type { FrameOut } from './frame-out.ts';
import type { Lane, Picks } from './lane.ts';
import { Codes, Picked, pickBytes, pickIntegers, pickTimes, writePickedDense } from './lane.ts';

interface Holder<A> {
  data: A;
}

const misfit = (what: string): CodedError => new CodedError('frame/value', what);

/** The reading and writing all scalar lanes share; how values become codes is theirs. */
abstract class ScalarLane<A extends Int32Array | Uint8Array | Float64Array> implements Lane {
  protected readonly live: Holder<A>;
  protected readonly sent: Holder<A>;
  readonly #puts = new Codes();
  readonly #patches = new Codes();
  readonly #picked = new Picked();

  constructor(live: Holder<A>, sent: Holder<A>) {
    this.live = live;
    this.sent = sent;
  }

  /** Codes of whole rows from the sent store. */
  protected abstract putCodes(slots: Int32Array, count: number, codes: Float64Array): void;
  /** Codes of live values against sent ones, which they replace. */
  protected abstract patchCodes(slots: Int32Array, count: number, codes: Float64Array): void;
  /** Refuses codes that stand for no value. */
  protected abstract check(codes: Float64Array, count: number): void;
  protected abstract storePuts(codes: Float64Array, slots: Int32Array, count: number): void;
  protected abstract storePatches(codes: Float64Array, slots: Int32Array, count: number): void;
  abstract differs(slot: number): boolean;

  /** Leaves the rows that differ in `out.index` and `out.picked`. */
  protected abstract pick(out: FrameOut, rows: Picks): number;

  grow(_capacity: number): void {
    // The values live in the stores.
  }

  take(slots: Int32Array, count: number): void {
    const [live, sent] = [this.live.data, this.sent.data];
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      sent[slot] = live[slot] as number;
    }
  }

  writePuts(out: FrameOut, { slots, count }: Picks): void {
    this.putCodes(slots, count, out.codes);
    out.plane(out.codes, count);
  }

  writePatches(out: FrameOut, slots: Int32Array, count: number): void {
    const all = { slots, count };
    const rows = writePickedDense(out, this.pick(out, all), all);
    this.patchCodes(rows.slots, rows.count, out.codes);
    out.plane(out.codes, rows.count);
  }

  readPuts(from: FrameIn, count: number): void {
    const codes = this.#puts.of(count);
    from.plane(codes, count);
    this.check(codes, count);
  }

  commitPuts(slots: Int32Array, count: number): void {
    this.storePuts(this.#puts.data, slots, count);
  }

  readPatches(from: FrameIn, slots: Int32Array, count: number): void {
    const found = this.#picked.read(from, slots, count);
    const codes = this.#patches.of(found);
    from.plane(codes, found);
    this.check(codes, found);
  }

  commitPatches(): void {
    this.storePatches(this.#patches.data, this.#picked.slots, this.#picked.count);
  }
}

/** Numbers: Int32, NULL_QUANTUM = null, differences. */
export class NumberLane extends ScalarLane<Int32Array> {
  override differs(slot: number): boolean {
    return this.live.data[slot] !== this.sent.data[slot];
  }

  protected override pick(out: FrameOut, rows: Picks): number {
    return pickIntegers(out, rows, { live: this.live.data, sent: this.sent.data });
  }

  protected override putCodes(slots: Int32Array, count: number, codes: Float64Array): void {
    const sent = this.sent.data;
    let base = 0;
    for (let i = 0; i < count; i++) {
      const value = sent[slots[i] as number] as number;
      codes[i] = value === NULL_QUANTUM ? 0 : zigzag(value - base) + 1;
      if (value !== NULL_QUANTUM) base = value;
    }
  }

  protected override patchCodes(slots: Int32Array, count: number, codes: Float64Array): void {
    const [live, sent] = [this.live.data, this.sent.data];
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      const value = live[slot] as number;
      const base = sent[slot] as number;
      sent[slot] = value;
      if (value === NULL_QUANTUM) codes[i] = 0;
      else codes[i] = zigzag(value - (base === NULL_QUANTUM ? 0 : base)) + 1;
    }
  }

  protected override check(): void {
    // Every code is a difference; a sum beyond 31 bits is kept at the limit.
  }

  protected override storePuts(codes: Float64Array, slots: Int32Array, count: number): void {
    const sent = this.sent.data;
    let base = 0;
    for (let i = 0; i < count; i++) {
      const code = codes[i] as number;
      sent[slots[i] as number] = code === 0 ? NULL_QUANTUM : (base = quantum(base + unzigzag(code - 1)));
    }
  }

  protected override storePatches(codes: Float64Array, slots: Int32Array, count: number): void {
    const sent = this.sent.data;
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      const code = codes[i] as number;
      const base = sent[slot] as number;
      sent[slot] =
        code === 0 ? NULL_QUANTUM : quantum((base === NULL_QUANTUM ? 0 : base) + unzigzag(code - 1));
    }
  }
}

const LIMIT = 0x7fffffff;

const quantum = (value: number): number => (value > LIMIT ? LIMIT : value < -LIMIT ? -LIMIT : value);

/** Sets of bits: Int32, NULL_QUANTUM = null, as they are. */
export class FlagsLane extends ScalarLane<Int32Array> {
  override differs(slot: number): boolean {
    return this.live.data[slot] !== this.sent.data[slot];
  }

  protected override pick(out: FrameOut, rows: Picks): number {
    return pickIntegers(out, rows, { live: this.live.data, sent: this.sent.data });
  }

  protected override putCodes(slots: Int32Array, count: number, codes: Float64Array): void {
    const sent = this.sent.data;
    for (let i = 0; i < count; i++) {
      const value = sent[slots[i] as number] as number;
      codes[i] = value === NULL_QUANTUM ? 0 : value + 1;
    }
  }

  protected override patchCodes(slots: Int32Array, count: number, codes: Float64Array): void {
    this.take(slots, count);
    this.putCodes(slots, count, codes);
  }

  protected override check(codes: Float64Array, count: number): void {
    for (let i = 0; i < count; i++) {
      if ((codes[i] as number) > 0x80000000)
        throw misfit(`flags ${(codes[i] as number) - 1} are beyond 31 bits`);
    }
  }

  protected override storePuts(codes: Float64Array, slots: Int32Array, count: number): void {
    const sent = this.sent.data;
    for (let i = 0; i < count; i++) {
      const code = codes[i] as number;
      sent[slots[i] as number] = code === 0 ? NULL_QUANTUM : code - 1;
    }
  }

  protected override storePatches(codes: Float64Array, slots: Int32Array, count: number): void {
    this.storePuts(codes, slots, count);
  }
}

/** Enums, quality, synthetic: Uint8 with 0 = null, as they are. */
export class ByteLane extends ScalarLane<Uint8Array> {
  readonly #lowest: number;
  readonly #highest: number;

  /** `range`: the least and the greatest value the store may hold. */
  constructor(live: Holder<Uint8Array>, sent: Holder<Uint8Array>, range: readonly [number, number]) {
    super(live, sent);
    this.#lowest = range[0];
    this.#highest = range[1];
  }

  override differs(slot: number): boolean {
    return this.live.data[slot] !== this.sent.data[slot];
  }

  protected override pick(out: FrameOut, rows: Picks): number {
    return pickBytes(out, rows, { live: this.live.data, sent: this.sent.data });
  }

  protected override putCodes(slots: Int32Array, count: number, codes: Float64Array): void {
    const sent = this.sent.data;
    for (let i = 0; i < count; i++) codes[i] = sent[slots[i] as number] as number;
  }

  protected override patchCodes(slots: Int32Array, count: number, codes: Float64Array): void {
    this.take(slots, count);
    this.putCodes(slots, count, codes);
  }

  protected override check(codes: Float64Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const code = codes[i] as number;
      if (code < this.#lowest || code > this.#highest) throw misfit(`code ${code} of ${this.#highest}`);
    }
  }

  protected override storePuts(codes: Float64Array, slots: Int32Array, count: number): void {
    const sent = this.sent.data;
    for (let i = 0; i < count; i++) sent[slots[i] as number] = codes[i] as number;
  }

  protected override storePatches(codes: Float64Array, slots: Int32Array, count: number): void {
    this.storePuts(codes, slots, count);
  }
}

/** Times: Float64 whole numbers, NaN = null, differences. */
export class TimeLane extends ScalarLane<Float64Array> {
  readonly #limit: number;

  constructor(live: Holder<Float64Array>, sent: Holder<Float64Array>, stepMs: number) {
    super(live, sent);
    this.#limit = Math.floor(MAX_TIME_MS / stepMs);
  }

  override differs(slot: number): boolean {
    return !Object.is(this.live.data[slot], this.sent.data[slot]);
  }

  protected override pick(out: FrameOut, rows: Picks): number {
    return pickTimes(out, rows, { live: this.live.data, sent: this.sent.data });
  }

  protected override putCodes(slots: Int32Array, count: number, codes: Float64Array): void {
    const sent = this.sent.data;
    let base = 0;
    for (let i = 0; i < count; i++) {
      const value = sent[slots[i] as number] as number;
      codes[i] = Number.isNaN(value) ? 0 : zigzag(value - base) + 1;
      if (!Number.isNaN(value)) base = value;
    }
  }

  protected override patchCodes(slots: Int32Array, count: number, codes: Float64Array): void {
    const [live, sent] = [this.live.data, this.sent.data];
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      const value = live[slot] as number;
      const base = sent[slot] as number;
      sent[slot] = value;
      codes[i] = Number.isNaN(value) ? 0 : zigzag(value - (Number.isNaN(base) ? 0 : base)) + 1;
    }
  }

  protected override check(): void {
    // Every code is a difference; a sum beyond the limit is kept at it.
  }

  protected override storePuts(codes: Float64Array, slots: Int32Array, count: number): void {
    const sent = this.sent.data;
    let base = 0;
    for (let i = 0; i < count; i++) {
      const code = codes[i] as number;
      sent[slots[i] as number] = code === 0 ? NaN : (base = this.#kept(base + unzigzag(code - 1)));
    }
  }

  protected override storePatches(codes: Float64Array, slots: Int32Array, count: number): void {
    const sent = this.sent.data;
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      const code = codes[i] as number;
      const base = sent[slot] as number;
      sent[slot] = code === 0 ? NaN : this.#kept((Number.isNaN(base) ? 0 : base) + unzigzag(code - 1));
    }
  }

  #kept(value: number): number {
    return Math.max(-this.#limit, Math.min(this.#limit, value));
  }
}
