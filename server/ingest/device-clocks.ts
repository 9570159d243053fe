// Which devices of a feed have a wrong clock: how far their moments lie from our receipt, against our clock and against
// the others of the feed. Flat arrays by device number: a report costs a comparison, and allocates nothing.
import { DRIFT_MS } from './feed-health.ts';

/** Reports within this count as one, by the least lag among them: what was held back on its way comes with the rest. */
const STEP_MS = 10_000;
/** Steps remembered of a device; the middle one is what its clock is off by. */
const STEPS = 5;
/** Fewer steps may be single faults of single records. */
const ENOUGH = 3;
const FIRST = 64;

export interface ClockTolerance {
  /** Further behind the others of its feed than this a clock is wrong; null: what it tells may well be old. */
  readonly behindMs: number | null;
  /** A device that was silent for so long is not named any more. */
  readonly keptMs: number;
}

export class DeviceClocks {
  readonly #tolerance: ClockTolerance;
  /** By device × STEPS, the newest step first: receipt − moment; NaN: not yet. */
  #lags = new Float32Array(0);
  /** When the newest step of a device began. */
  #since = new Float64Array(0);
  readonly #sorted = new Float64Array(STEPS);
  readonly #off = new Map<number, number>();
  /** What the feed usually takes, milliseconds; below 0: it is ahead as a whole. */
  #usualMs = 0;

  constructor(tolerance: ClockTolerance) {
    this.#tolerance = tolerance;
  }

  /** `lagMs`: receipt − moment, below 0 where the device is ahead of us. */
  note(device: number, lagMs: number, now: number): void {
    if (device >= this.#since.length) this.#grow(Math.max(FIRST, device + 1, this.#since.length * 2));
    const newest = device * STEPS;
    if (now - (this.#since[device] as number) < STEP_MS) {
      if (lagMs < (this.#lags[newest] as number)) this.#lags[newest] = lagMs;
      return;
    }
    this.#lags.copyWithin(newest + 1, newest, newest + STEPS - 1);
    this.#lags[newest] = lagMs;
    this.#since[device] = now;
    this.#judge(device);
  }

  /** Devices that are off, with milliseconds; + is ahead of us, − behind the others. To be read at once. */
  review(usualMs: number, now: number): ReadonlyMap<number, number> {
    this.#usualMs = usualMs;
    for (const device of this.#off.keys()) {
      if (now - (this.#since[device] as number) > this.#tolerance.keptMs) this.#off.delete(device);
      else this.#judge(device);
    }
    return this.#off;
  }

  /** The number is given to another device. */
  forget(device: number): void {
    this.#off.delete(device);
    if (device >= this.#since.length) return;
    this.#lags.fill(NaN, device * STEPS, (device + 1) * STEPS);
    this.#since[device] = -Infinity;
  }

  #judge(device: number): void {
    const offMs = this.#offsetOf(device);
    if (offMs !== 0) this.#off.set(device, offMs);
    else if (this.#off.size > 0) this.#off.delete(device);
  }

  #offsetOf(device: number): number {
    const count = this.#sort(device);
    if (count < ENOUGH) return 0;
    const middle = this.#sorted[count >> 1] as number;
    if (Math.min(0, this.#usualMs) - middle > DRIFT_MS) return -middle;
    const { behindMs } = this.#tolerance;
    const usual = Math.max(0, this.#usualMs);
    // Behind is only who never comes in time: the least of all steps counts.
    const isBehind = behindMs !== null && (this.#sorted[0] as number) - usual > behindMs;
    return isBehind ? usual - middle : 0;
  }

  /** Puts the lags of a device into `#sorted` → how many. */
  #sort(device: number): number {
    const from = device * STEPS;
    const sorted = this.#sorted;
    for (let count = 0; count < STEPS; count += 1) {
      const lag = this.#lags[from + count] as number;
      if (Number.isNaN(lag)) return count;
      let at = count;
      for (; at > 0 && (sorted[at - 1] as number) > lag; at -= 1) sorted[at] = sorted[at - 1] as number;
      sorted[at] = lag;
    }
    return STEPS;
  }

  #grow(capacity: number): void {
    const lags = new Float32Array(capacity * STEPS).fill(NaN);
    const since = new Float64Array(capacity).fill(-Infinity);
    lags.set(this.#lags);
    since.set(this.#since);
    this.#lags = lags;
    this.#since = since;
  }
}

/** Devices nobody took anything from yet, because of their clocks: known by the names they give themselves. */
export class StrangerClocks {
  readonly #clocks: DeviceClocks;
  readonly #numbers = new Map<string, number>();
  readonly #ids: string[] = [];

  constructor(tolerance: ClockTolerance) {
    this.#clocks = new DeviceClocks(tolerance);
  }

  note(id: string, lagMs: number, now: number): void {
    this.#clocks.note(this.#numbers.get(id) ?? this.#adopt(id), lagMs, now);
  }

  /** As of DeviceClocks, by name. */
  *review(usualMs: number, now: number): IterableIterator<readonly [id: string, offMs: number]> {
    for (const [number, offMs] of this.#clocks.review(usualMs, now)) yield [this.#ids[number] ?? '', offMs];
  }

  /** A new name; where there are too many, in place of the oldest. */
  #adopt(id: string): number {
    let number = this.#ids.length;
    if (number >= STRANGERS) {
      const [oldest = '', freed = 0] = this.#numbers.entries().next().value ?? [];
      this.#numbers.delete(oldest);
      this.#clocks.forget(freed);
      number = freed;
    }
    this.#numbers.set(id, number);
    this.#ids[number] = id;
    return number;
  }
}

/** Names remembered of one feed and layer: a flood of invented ones must not fill the memory. */
const STRANGERS = 1000;
