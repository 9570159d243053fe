// Which rows are expected to change in a frame: those whose last two changes lie as many ticks apart as now and the
// last one. Frames then say only where the expectation fails.
import { grownFloat64 } from '../stores/store.ts';
import type { FrameIn } from './frame-in.ts';
import { corrupt } from './frame-in.ts';
import type { FrameOut } from './frame-out.ts';
import type { Picks } from './lane.ts';

export class Rhythm {
  /** Tick of the last change by slot, and how many ticks after the one before. 0: put and not changed since. */
  #tick = new Float64Array(0);
  #gap = new Float64Array(0);
  #stagedTick = new Float64Array(0);
  #stagedGap = new Float64Array(0);

  grow(capacity: number): void {
    this.#tick = grownFloat64(this.#tick, capacity, 0);
    this.#gap = grownFloat64(this.#gap, capacity, 0);
  }

  reset(slot: number, tick: number): void {
    this.#tick[slot] = tick;
    this.#gap[slot] = 0;
  }

  /** `tick` changes these rows. */
  note(slots: Int32Array, count: number, tick: number): void {
    const [last, gap] = [this.#tick, this.#gap];
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      gap[slot] = tick - (last[slot] as number);
      last[slot] = tick;
    }
  }

  /** Fills `expected` with 1 where a row is due at `tick`. */
  expect({ slots, count }: Picks, tick: number, expected: Uint8Array): void {
    const [last, gap] = [this.#tick, this.#gap];
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      expected[i] = (last[slot] as number) + (gap[slot] as number) === tick ? 1 : 0;
    }
  }

  /** For key frames of `tick`. */
  write(out: FrameOut, { slots, count }: Picks, tick: number): void {
    for (let i = 0; i < count; i++) out.codes[i] = tick - (this.#tick[slots[i] as number] as number);
    out.plane(out.codes, count);
    for (let i = 0; i < count; i++) out.codes[i] = this.#gap[slots[i] as number] as number;
    out.plane(out.codes, count);
  }

  read(from: FrameIn, count: number, tick: number): void {
    if (this.#stagedTick.length < count) {
      this.#stagedTick = new Float64Array(count * 2);
      this.#stagedGap = new Float64Array(count * 2);
    }
    from.plane(from.codes, count);
    for (let i = 0; i < count; i++) {
      const code = from.codes[i] as number;
      if (code > tick) throw corrupt(`row ${i} changed outside tick 0–${tick}`);
      this.#stagedTick[i] = tick - code;
    }
    from.plane(this.#stagedGap, count);
  }

  commit(slots: Int32Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const slot = slots[i] as number;
      this.#tick[slot] = this.#stagedTick[i] as number;
      this.#gap[slot] = this.#stagedGap[i] as number;
    }
  }
}
