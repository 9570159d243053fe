// validAt: predicted as the last one plus the last interval. First of the lanes, because motion needs its result.
import { unzigzag, zigzag } from '../bytes.ts';
import { CodedError } from '../errors.ts';
import { MAX_TIME_MS } from '../stores/scalar.ts';
import { grownFloat64 } from '../stores/store.ts';
import type { FrameIn } from './frame-in.ts';
import type { FrameOut } from './frame-out.ts';
import type { Lane } from './lane.ts';
import { Picked, Stage, writePicked } from './lane.ts';

interface Times {
  data: Float64Array;
}

export class ValidAtLane implements Lane {
  readonly live: Times;
  readonly sent: Times;
  /** Receiving: the staged moment of each row put, and of each row patched, changed or not. */
  readonly puts = new Stage((size) => new Float64Array(size));
  readonly patches = new Stage((size) => new Float64Array(size));
  #interval = new Float64Array(0);
  readonly #putIntervals = new Stage((size) => new Float64Array(size));
  readonly #patchIntervals = new Stage((size) => new Float64Array(size));
  readonly #picked = new Picked();

  constructor(live: Times, sent: Times) {
    this.live = live;
    this.sent = sent;
  }

  grow(capacity: number): void {
    this.#interval = grownFloat64(this.#interval, capacity, 0);
  }

  differs(slot: number): boolean {
    return this.live.data[slot] !== this.sent.data[slot];
  }

  take(slots: Int32Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      this.sent.data[slot] = this.live.data[slot] as number;
      this.#interval[slot] = 0;
    }
  }

  writePuts(out: FrameOut, slots: Int32Array, count: number, state: boolean): void {
    const { codes } = out;
    let base = 0;
    for (let i = 0; i < count; i++) {
      const at = this.sent.data[slots[i] as number] as number;
      codes[i] = zigzag(at - base);
      base = at;
    }
    out.plane(codes, count);
    if (!state) return;
    for (let i = 0; i < count; i++) codes[i] = zigzag(this.#interval[slots[i] as number] as number);
    out.plane(codes, count);
  }

  writePatches(out: FrameOut, slots: Int32Array, count: number): void {
    const found = writePicked(out, this, slots, count, true);
    const { codes, picked } = out;
    const [live, sent, interval] = [this.live.data, this.sent.data, this.#interval];
    for (let i = 0; i < found; i++) {
      const slot = picked[i] as number;
      const at = live[slot] as number;
      const last = sent[slot] as number;
      codes[i] = zigzag(at - (last + (interval[slot] as number)));
      interval[slot] = at - last;
      sent[slot] = at;
    }
    out.plane(codes, found);
  }

  readPuts(from: FrameIn, count: number, state: boolean): void {
    const [staged, intervals] = [this.puts.of(count), this.#putIntervals.of(count)];
    from.plane(from.codes, count);
    let base = 0;
    for (let i = 0; i < count; i++) {
      base = moment(base + unzigzag(from.codes[i] as number));
      staged[i] = base;
      intervals[i] = 0;
    }
    if (!state) return;
    from.plane(from.codes, count);
    for (let i = 0; i < count; i++) intervals[i] = span(unzigzag(from.codes[i] as number));
  }

  commitPuts(slots: Int32Array, count: number): void {
    const sent = this.sent.data;
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      sent[slot] = this.puts.data[i] as number;
      this.#interval[slot] = this.#putIntervals.data[i] as number;
    }
  }

  readPatches(from: FrameIn, slots: Int32Array, count: number): void {
    const [sent, interval] = [this.sent.data, this.#interval];
    const [staged, intervals] = [this.patches.of(count), this.#patchIntervals.of(count)];
    const found = this.#picked.read(from, slots, count);
    const { index } = this.#picked;
    if (found < count) for (let i = 0; i < count; i++) staged[i] = sent[slots[i] as number] as number;
    from.plane(from.codes, found);
    for (let i = 0; i < found; i++) {
      const place = index[i] as number;
      const slot = slots[place] as number;
      const last = sent[slot] as number;
      const at = moment(last + (interval[slot] as number) + unzigzag(from.codes[i] as number));
      staged[place] = at;
      intervals[i] = at - last;
    }
  }

  commitPatches(): void {
    const sent = this.sent.data;
    const { count, index, slots } = this.#picked;
    const [staged, intervals] = [this.patches.data, this.#patchIntervals.data];
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      sent[slot] = staged[index[i] as number] as number;
      this.#interval[slot] = intervals[i] as number;
    }
  }
}

function moment(value: number): number {
  if (Math.abs(value) <= MAX_TIME_MS) return value;
  throw new CodedError('frame/value', `validAt ${value} is beyond the year 33,000`);
}

function span(value: number): number {
  if (Math.abs(value) <= 2 * MAX_TIME_MS) return value;
  throw new CodedError('frame/value', `interval ${value} ms is longer than time`);
}
