// When which screen received which tick.

export interface TickReport {
  /** Milliseconds from tick start to arrival, one for each screen that received it. */
  readonly latencies: Float64Array;
  readonly missing: number;
}

interface Tick {
  readonly at: Float64Array;
  count: number;
}

export class Arrivals {
  readonly #screens: number;
  readonly #ticks = new Map<number, Tick>();
  readonly #waiting = new Map<number, () => void>();
  /** The same tick received again by the same screen. */
  duplicates = 0;

  constructor(screens: number) {
    this.#screens = screens;
  }

  note(screen: number, tick: number, atMs: number): void {
    let of = this.#ticks.get(tick);
    if (!of) {
      of = { at: new Float64Array(this.#screens).fill(NaN), count: 0 };
      this.#ticks.set(tick, of);
    }
    if (!Number.isNaN(of.at[screen] as number)) {
      this.duplicates += 1;
      return;
    }
    of.at[screen] = atMs;
    of.count += 1;
    if (of.count === this.#screens) this.#waiting.get(tick)?.();
  }

  /** Resolves when every screen has the tick, or after `timeoutMs`. */
  whole(tick: number, timeoutMs: number): Promise<void> {
    if (this.#ticks.get(tick)?.count === this.#screens) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(tick);
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      this.#waiting.set(tick, done);
    });
  }

  report(tick: number, startMs: number): TickReport {
    const at = this.#ticks.get(tick)?.at ?? new Float64Array(0);
    const latencies = at.filter((moment) => !Number.isNaN(moment)).map((moment) => moment - startMs);
    this.#ticks.delete(tick);
    return { latencies, missing: this.#screens - latencies.length };
  }
}
