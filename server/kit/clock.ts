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
  /** Every `ms`; a run that takes longer than `ms` never overlaps the next: missed turns are left out. */
  every(ms: number, run: () => void): Timer;
  /** Resolves after `ms`, or at once when `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A clock that moves only when told: tests, lock-step runs. */
export interface ManualClock extends Clock {
  /** Moves on by `ms`, running every timer that falls due, in order of their moments. */
  advance(ms: number): void;
  /**
   * Moves on by `ms` at one go, as a machine that slept: what fell due meanwhile runs at the end, in order of its moments,
   * and what is periodic once.
   */
  skip(ms: number): void;
  /** Moves on by `ms` and runs nothing: what fell due runs with the next move. */
  jump(ms: number): void;
  /** Timers waiting. */
  readonly waiting: number;
}

/** Node's timers hold at most this many milliseconds; longer waits are chained. */
const LONGEST_MS = 2_147_483_647;

/** The wall clock. Waits are real time. */
export function createSystemClock(): Clock {
  const after = (ms: number, run: () => void): Timer => {
    const dueAt = performance.now() + Math.max(0, ms);
    let handle = setTimeout(fire, Math.min(Math.max(0, ms), LONGEST_MS));
    function fire(): void {
      const left = dueAt - performance.now();
      if (left > 1) handle = setTimeout(fire, Math.min(left, LONGEST_MS));
      else run();
    }
    return { stop: () => clearTimeout(handle) };
  };
  return completeClock({ now: () => Date.now(), elapsed: () => performance.now(), after });
}

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** `startAt`: epoch ms of the first moment. */
export function createManualClock(startAt: number): ManualClock {
  let now = startAt;
  let order = 0;
  const waiting = new Set<Waiting>();
  const after = (ms: number, run: () => void): Timer => {
    const timer = { at: now + Math.max(0, ms), order: order++, run };
    waiting.add(timer);
    return { stop: () => waiting.delete(timer) };
  };
  const nextUpTo = (end: number): Waiting | null => {
    let next: Waiting | null = null;
    for (const timer of waiting) {
      if (timer.at > end) continue;
      if (!next || timer.at < next.at || (timer.at === next.at && timer.order < next.order)) next = timer;
    }
    return next;
  };
  const runUpTo = (end: number): void => {
    for (let next = nextUpTo(end); next; next = nextUpTo(end)) {
      waiting.delete(next);
      now = Math.max(now, next.at);
      next.run();
    }
  };
  const advance = (ms: number): void => {
    const end = now + ms;
    runUpTo(end);
    now = end;
  };
  const jump = (ms: number): void => {
    now += ms;
  };
  const skip = (ms: number): void => {
    jump(ms);
    runUpTo(now);
  };
  const clock = completeClock({ now: () => now, elapsed: () => now - startAt, after });
  return Object.defineProperty({ ...clock, advance, skip, jump, waiting: 0 }, 'waiting', {
    get: () => waiting.size,
  });
}

function completeClock(basis: Pick<Clock, 'now' | 'elapsed' | 'after'>): Clock {
  const every = (ms: number, run: () => void): Timer => {
    if (!(ms > 0)) throw new Error(`clock.every(${ms}): the period must be above 0 ms`);
    let dueAt = basis.elapsed() + ms;
    let stopped = false;
    let timer = basis.after(ms, turn);
    function turn(): void {
      try {
        run();
      } finally {
        const missed = Math.max(0, Math.floor((basis.elapsed() - dueAt) / ms));
        dueAt += (missed + 1) * ms;
        if (!stopped) timer = basis.after(dueAt - basis.elapsed(), turn);
      }
    }
    return {
      stop: () => {
        stopped = true;
        timer.stop();
      },
    };
  };
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const finish = (): void => {
        timer.stop();
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const timer = basis.after(ms, finish);
      signal?.addEventListener('abort', finish);
    });
  return { ...basis, every, sleep };
}
