// The client's clock port: the only place that reads the machine's clock or sets timers, on the page and in its worker.

export interface Stop {
  (): void;
}

/** Milliseconds since the epoch, never jumping back: the same scale on the page and in its worker. */
export const localMs = (): number => performance.timeOrigin + performance.now();

export function after(ms: number, run: () => void): Stop {
  const id = setTimeout(run, ms);
  return () => clearTimeout(id);
}

export function every(ms: number, run: () => void): Stop {
  const id = setInterval(run, ms);
  return () => clearInterval(id);
}

const WINDOW_BEATS = 30;
const JUMP_MS = 5000;

/**
 * Estimates city clock − local clock from heartbeats. A beat can only come late, so the largest difference of the last
 * half minute is the closest to the truth; a jump of the city clock itself (a scenario) is taken over at once.
 */
export class CityClock {
  private differences: number[] = [];
  private current = 0;

  /** @param at city clock in the beat @param receivedAt local clock at receipt, both epoch ms */
  beat(at: number, receivedAt: number): void {
    const difference = at - receivedAt;
    if (this.differences.length > 0 && Math.abs(difference - this.current) > JUMP_MS) this.differences = [];
    this.differences.push(difference);
    if (this.differences.length > WINDOW_BEATS) this.differences.shift();
    this.current = Math.max(...this.differences);
  }

  /** Milliseconds to add to the local clock. */
  get offsetMs(): number {
    return this.current;
  }

  /** City clock now, epoch ms UTC. */
  now(): number {
    return localMs() + this.current;
  }
}

/** Waits between tries: doubling from `firstMs` to `mostMs`, ± 30 % so that a thousand screens do not knock at once. */
export function backOffMs(attempt: number, firstMs = 300, mostMs = 3000): number {
  return Math.min(mostMs, firstMs * 2 ** attempt) * (0.7 + 0.6 * Math.random());
}
