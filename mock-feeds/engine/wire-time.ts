// The time connections live by: signatures and keep-alives go on by the wall clock while the city's own clock stands
// still or races. In lock-step both ends share the virtual clock, and so do they.
import type { Clock } from './clock.ts';

export interface WireTime {
  /** Epoch ms. */
  now(): number;
  /** Returns the canceller. */
  every(periodMs: number, run: () => void): () => void;
}

/** `wall`: epoch ms. */
export function wallTime(wall: () => number): WireTime {
  return {
    now: wall,
    every: (periodMs, run) => {
      const timer = setInterval(run, periodMs);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}

export function lockStepTime(clock: Clock): WireTime {
  return {
    now: clock.now,
    every: (periodMs, run) => clock.every(clock.now() + periodMs, periodMs, run),
  };
}
