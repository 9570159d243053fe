// How old the last things a source told were when they came: the lag of a feed, and whether its clock is wrong.

/** Enough for a median, few enough to sort at each report. */
const SAMPLES = 256;
const MEDIAN_MS = 60_000;
/** Fewer than this may be single faults of single records. */
const SKEWED_MIN = 2;

export interface SkewLimits {
  readonly aheadMs: number;
  readonly aheadShare: number;
  readonly behindMs: number;
}

/** Asked for every feed some times a second where a world hurries: used again for each answer. */
const sorted = new Float64Array(SAMPLES);

export class LagWindow {
  readonly #lags = new Float64Array(SAMPLES);
  readonly #at = new Float64Array(SAMPLES).fill(-Infinity);
  #next = 0;

  /** `lagMs`: receipt − moment, below 0 where the source is ahead of us. */
  add(lagMs: number, now: number): void {
    this.#lags[this.#next] = lagMs;
    this.#at[this.#next] = now;
    this.#next = (this.#next + 1) % SAMPLES;
  }

  /** Of the last minute, milliseconds; null: nothing came. */
  median(now: number): number | null {
    const middle = this.middle(now - MEDIAN_MS);
    return middle === null ? null : Math.max(0, middle);
  }

  /** The median since a moment, below 0 where most were ahead of us; null: nothing came. */
  middle(since: number): number | null {
    const recent = this.#since(since);
    return recent[recent.length >> 1] ?? null;
  }

  /**
   * Milliseconds by which the clock of the source is behind, below 0: ahead; null: it is right, as far as is known.
   * Behind: everything that came since `since` was older than `behindMs`. Ahead: more than `aheadShare` lay `aheadMs` ahead.
   */
  skew(since: number, limits: SkewLimits): number | null {
    const recent = this.#since(since);
    const ahead = recent.findIndex((lag) => lag >= -limits.aheadMs);
    const aheadCount = ahead < 0 ? recent.length : ahead;
    if (aheadCount >= SKEWED_MIN && aheadCount > limits.aheadShare * recent.length) {
      return recent[aheadCount >> 1] ?? null;
    }
    const least = recent[0];
    return recent.length >= SKEWED_MIN && least !== undefined && least > limits.behindMs ? least : null;
  }

  /** In ascending order; good until the next question to any window. */
  #since(from: number): Float64Array {
    let count = 0;
    for (let index = 0; index < SAMPLES; index += 1) {
      if ((this.#at[index] as number) >= from) sorted[count++] = this.#lags[index] as number;
    }
    return sorted.subarray(0, count).sort();
  }
}
