// The city clock with the timers on it: the one place in the server where the wall clock is read.
// Everything that waits or stamps takes a Clock, so that a world can run on virtual time.

export interface Timer {
  stop(): void;
}

export interface Clock {
  /** Epoch ms UTC on this world's clock. */
  now(): number;
  /** Monotonic milliseconds for measuring durations; never jumps. */
  elapsed(): number;
  after(ms: number, run: () => void): Timer;
  /** Every `ms`; a run that takes longer than `ms` never overlaps the next. */
  every(ms: number, run: () => void): Timer;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
