// Lanes of one integer a row. Numbers and times go as differences (to the sent value; in puts to the row before),
// codes and flags as they are. Code 0 is null.
import { unzigzag, zigzag } from '../bytes.ts';
import { NULL_QUANTUM } from '../column.ts';
import { CodedError } from '../errors.ts';
import { MAX_TIME_MS } from '../stores/scalar.ts';
import type { FrameIn } from './frame-in.ts';
import type { FrameOut } from './frame-out.ts';
import type { Lane } from './lane.ts';
import { Picked, Stage, writePicked } from './lane.ts';

interface Holder<A> {
  data: A;
}

const misfit = (what: string): CodedError => new CodedError('frame/value', what);

/** The reading and writing all scalar lanes share; how values become codes is theirs. */
abstract class ScalarLane<A extends { [slot: number]: number }> implements Lane {
  protected readonly live: Holder<A>;
  protected readonly sent: Holder<A>;
  readonly #putStage: Stage<A>;
  readonly #patchStage: Stage<A>;
  readonly #picked = new Picked();

  constructor(live: Holder<A>, sent: Holder<A>, make: (size: number) => A) {
    this.live = live;
    this.sent = sent;
    this.#putStage = new Stage(make);
    this.#patchStage = new Stage(make);
  }

  /** Codes of whole rows from the sent store. */
  protected abstract putCodes(slots: Int32Array, count: number, codes: Float64Array): void;
  /** Codes of live values against sent ones, which they replace. */
  protected abstract patchCodes(slots: Int32Array, count: number, codes: Float64Array): void;
  protected abstract stagePuts(codes: Float64Array, count: number, staged: A): void;
  protected abstract stagePatches(codes: Float64Array, rows: Picked, staged: A): void;
  abstract differs(slot: number): boolean;

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

  writePuts(out: FrameOut, slots: Int32Array, count: number): void {
    this.putCodes(slots, count, out.codes);
    out.plane(out.codes, count);
  }

  writePatches(out: FrameOut, slots: Int32Array, count: number): void {
    const found = writePicked(out, this, slots, count, true);
    this.patchCodes(out.picked, found, out.codes);
    out.plane(out.codes, found);
  }

  readPuts(from: FrameIn, count: number): void {
    from.plane(from.codes, count);
    this.stagePuts(from.codes, count, this.#putStage.of(count));
  }

  commitPuts(slots: Int32Array, count: number): void {
    this.#commit(this.#putStage, slots, count);
  }

  readPatches(from: FrameIn, slots: Int32Array, count: number): void {
    const found = this.#picked.read(from, slots, count);
    from.plane(from.codes, found);
    this.stagePatches(from.codes, this.#picked, this.#patchStage.of(found));
  }

  commitPatches(): void {
    this.#commit(this.#patchStage, this.#picked.slots, this.#picked.count);
  }

  #commit(stage: Stage<A>, slots: Int32Array, count: number): void {
    const [sent, staged] = [this.sent.data, stage.data];
    for (let i = 0; i < count; i++) sent[slots[i] as number] = staged[i] as number;
  }
}

/** Numbers: Int32, NULL_QUANTUM = null, differences. */
export class NumberLane extends ScalarLane<Int32Array> {
  constructor(live: Holder<Int32Array>, sent: Holder<Int32Array>) {
    super(live, sent, (size) => new Int32Array(size));
  }

  override differs(slot: number): boolean {
    return this.live.data[slot] !== this.sent.data[slot];
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

  protected override stagePuts(codes: Float64Array, count: number, staged: Int32Array): void {
    let base = 0;
    for (let i = 0; i < count; i++) {
      const code = codes[i] as number;
      staged[i] = code === 0 ? NULL_QUANTUM : (base = quantum(base + unzigzag(code - 1)));
    }
  }

  protected override stagePatches(codes: Float64Array, { slots, count }: Picked, staged: Int32Array): void {
    const sent = this.sent.data;
    for (let i = 0; i < count; i++) {
      const code = codes[i] as number;
      const base = sent[slots[i] as number] as number;
      staged[i] =
        code === 0 ? NULL_QUANTUM : quantum((base === NULL_QUANTUM ? 0 : base) + unzigzag(code - 1));
    }
  }
}

function quantum(value: number): number {
  if (value > -0x80000000 && value < 0x80000000) return value;
  throw misfit(`number ${value} is beyond 31 bits`);
}

/** Sets of bits: Int32, NULL_QUANTUM = null, as they are. */
export class FlagsLane extends ScalarLane<Int32Array> {
  constructor(live: Holder<Int32Array>, sent: Holder<Int32Array>) {
    super(live, sent, (size) => new Int32Array(size));
  }

  override differs(slot: number): boolean {
    return this.live.data[slot] !== this.sent.data[slot];
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

  protected override stagePuts(codes: Float64Array, count: number, staged: Int32Array): void {
    for (let i = 0; i < count; i++) {
      const code = codes[i] as number;
      if (code > 0x80000000) throw misfit(`flags ${code - 1} are beyond 31 bits`);
      staged[i] = code === 0 ? NULL_QUANTUM : code - 1;
    }
  }

  protected override stagePatches(codes: Float64Array, { count }: Picked, staged: Int32Array): void {
    this.stagePuts(codes, count, staged);
  }
}

/** Enums, quality, synthetic: Uint8 with 0 = null, as they are. */
export class ByteLane extends ScalarLane<Uint8Array> {
  readonly #lowest: number;
  readonly #highest: number;

  /** `range`: the least and the greatest value the store may hold. */
  constructor(live: Holder<Uint8Array>, sent: Holder<Uint8Array>, range: readonly [number, number]) {
    super(live, sent, (size) => new Uint8Array(size));
    this.#lowest = range[0];
    this.#highest = range[1];
  }

  override differs(slot: number): boolean {
    return this.live.data[slot] !== this.sent.data[slot];
  }

  protected override putCodes(slots: Int32Array, count: number, codes: Float64Array): void {
    const sent = this.sent.data;
    for (let i = 0; i < count; i++) codes[i] = sent[slots[i] as number] as number;
  }

  protected override patchCodes(slots: Int32Array, count: number, codes: Float64Array): void {
    this.take(slots, count);
    this.putCodes(slots, count, codes);
  }

  protected override stagePuts(codes: Float64Array, count: number, staged: Uint8Array): void {
    for (let i = 0; i < count; i++) {
      const code = codes[i] as number;
      if (code < this.#lowest || code > this.#highest) throw misfit(`code ${code} of ${this.#highest}`);
      staged[i] = code;
    }
  }

  protected override stagePatches(codes: Float64Array, { count }: Picked, staged: Uint8Array): void {
    this.stagePuts(codes, count, staged);
  }
}

/** Times: Float64 whole numbers, NaN = null, differences. */
export class TimeLane extends ScalarLane<Float64Array> {
  readonly #limit: number;

  constructor(live: Holder<Float64Array>, sent: Holder<Float64Array>, stepMs: number) {
    super(live, sent, (size) => new Float64Array(size));
    this.#limit = MAX_TIME_MS / stepMs;
  }

  override differs(slot: number): boolean {
    return !Object.is(this.live.data[slot], this.sent.data[slot]);
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

  protected override stagePuts(codes: Float64Array, count: number, staged: Float64Array): void {
    let base = 0;
    for (let i = 0; i < count; i++) {
      const code = codes[i] as number;
      staged[i] = code === 0 ? NaN : (base = this.#whole(base + unzigzag(code - 1)));
    }
  }

  protected override stagePatches(codes: Float64Array, { slots, count }: Picked, staged: Float64Array): void {
    const sent = this.sent.data;
    for (let i = 0; i < count; i++) {
      const code = codes[i] as number;
      const base = sent[slots[i] as number] as number;
      staged[i] = code === 0 ? NaN : this.#whole((Number.isNaN(base) ? 0 : base) + unzigzag(code - 1));
    }
  }

  #whole(value: number): number {
    if (Math.abs(value) <= this.#limit) return value;
    throw misfit(`time ${value} is beyond the year 33,000`);
  }
}
