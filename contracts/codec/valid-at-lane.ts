// validAt: predicted as the last one plus the last interval. First of the lanes, because motion needs its result.
import { unzigzag, zigzag } from '../bytes.ts';
import { MAX_TIME_MS } from '../stores/scalar.ts';
import { grownFloat64 } from '../stores/store.ts';
import type { FrameIn } from './frame-in.ts';
import type { FrameOut } from './frame-out.ts';
import type { Lane, Picks } from './lane.ts';
import { Codes, Picked, pickTimes, writePickedDense } from './lane.ts';

interface Times {
  data: Float64Array;
}

export class ValidAtLane implements Lane {
  readonly live: Times;
  readonly sent: Times;
  #interval = new Float64Array(0);
  readonly #puts = new Codes();
  readonly #putIntervals = new Codes();
  readonly #patches = new Codes();
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

  writePuts(out: FrameOut, { slots, count }: Picks, state: boolean): void {
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
    const all = { slots, count };
    const differing = pickTimes(out, all, { live: this.live.data, sent: this.sent.data });
    const rows = writePickedDense(out, differing, all);
    const { codes } = out;
    const [live, sent, interval] = [this.live.data, this.sent.data, this.#interval];
    for (let i = 0; i < rows.count; i++) {
      const slot = rows.slots[i] as number;
      const at = live[slot] as number;
      const last = sent[slot] as number;
      codes[i] = zigzag(at - (last + (interval[slot] as number)));
      interval[slot] = at - last;
      sent[slot] = at;
    }
    out.plane(codes, rows.count);
  }

  readPuts(from: FrameIn, count: number, state: boolean): void {
    from.plane(this.#puts.of(count), count);
    const intervals = this.#putIntervals.of(count);
    if (state) from.plane(intervals, count);
    else intervals.fill(0, 0, count);
  }

  commitPuts(slots: Int32Array, count: number): void {
    const [sent, codes, intervals] = [this.sent.data, this.#puts.data, this.#putIntervals.data];
    let base = 0;
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      base = moment(base + unzigzag(codes[i] as number));
      sent[slot] = base;
      this.#interval[slot] = span(unzigzag(intervals[i] as number));
    }
  }

  readPatches(from: FrameIn, slots: Int32Array, count: number): void {
    const found = this.#picked.read(from, slots, count);
    from.plane(this.#patches.of(found), found);
  }

  commitPatches(): void {
    const [sent, interval, codes] = [this.sent.data, this.#interval, this.#patches.data];
    const { count, slots } = this.#picked;
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      const last = sent[slot] as number;
      const at = moment(last + (interval[slot] as number) + unzigzag(codes[i] as number));
      sent[slot] = at;
      interval[slot] = at - last;
    }
  }
}

/** Beyond the limits, which a sender never passes, values are kept at them. */
const moment = (value: number): number =>
  value > MAX_TIME_MS ? MAX_TIME_MS : value < -MAX_TIME_MS ? -MAX_TIME_MS : value;

const span = (value: number): number => Math.max(-2 * MAX_TIME_MS, Math.min(2 * MAX_TIME_MS, value));
