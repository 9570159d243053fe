// How long to wait after failures: 1, 2, 4 … units, jittered; after five failures in a row the breaker is open and
// each further try is one half-open probe.

/** Failures in a row that open the breaker. */
export const BREAKER_FAILURES = 5;
/** The unit is the period, at most this: a source of ten-minute values that was restarted is asked again soon. */
const LONGEST_UNIT_MS = 10_000;
/** The unit before the first success: a source that starts as late as we do is asked again at once. */
const FIRST_UNIT_MS = 1000;
/** Longest wait: 60 periods, but no more than this, or one period where that is longer. */
const LONGEST_PERIODS = 60;
const LONGEST_MS = 300_000;
/** Share of a wait that is random, so that feeds that failed together do not come back together. */
const JITTER = 0.2;

export type BreakerState = 'closed' | 'open';

export interface BackOff {
  readonly failures: number;
  readonly state: BreakerState;
  success(): void;
  /** One more failure → milliseconds to wait before the next try. */
  failure(): number;
}

/** `random` gives [0, 1). */
export function createBackOff(periodMs: number, random: () => number): BackOff {
  let unitMs = Math.min(periodMs, FIRST_UNIT_MS);
  const longestMs = Math.min(periodMs * LONGEST_PERIODS, Math.max(periodMs, LONGEST_MS));
  let failures = 0;
  return {
    get failures() {
      return failures;
    },
    get state() {
      return failures >= BREAKER_FAILURES ? 'open' : 'closed';
    },
    success() {
      failures = 0;
      unitMs = Math.min(periodMs, LONGEST_UNIT_MS);
    },
    failure() {
      failures++;
      const waitMs = Math.min(longestMs, unitMs * 2 ** Math.min(failures - 1, 30));
      return waitMs * (1 + JITTER * (random() - 0.5));
    },
  };
}

/** Repeatable [0, 1) numbers from a name (mulberry32 over FNV-1a): phases and jitter of a feed are the same in every run. */
export function randomOf(name: string): () => number {
  let state = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) {
    state = Math.imul(state ^ name.charCodeAt(index), 0x01000193);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
