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

export const pause = (ms: number): Promise<void> => new Promise((resolve) => void after(ms, resolve));

export function every(ms: number, run: () => void): Stop {
  const id = setInterval(run, ms);
  return () => clearInterval(id);
}

const WINDOW_BEATS = 30;
/** A world that is asked to go faster than its machine can falls behind: only what it said last counts. */
const HURRIED_BEATS = 3;
const JUMP_MS = 5000;

/**
 * Estimates the city clock from heartbeats, as speed × local clock + what has to be added. A beat can only come late, so
 * the largest addition of the last half minute is the closest to the truth; a jump of the city clock itself (a scenario)
 * is taken over at once, and so is another speed.
 */
export class CityClock {
  private differences: number[] = [];
  private current = 0;
  private rate = 1;

  /**
   * @param at city clock in the beat @param receivedAt local clock at receipt, both epoch ms
   * @param speed seconds of the city in one second; 0: it stands
   */
  beat(at: number, receivedAt: number, speed = 1): void {
    const difference = at - speed * receivedAt;
    const isJump = Math.abs(difference - this.current) > JUMP_MS * Math.max(1, speed);
    if (speed !== this.rate || isJump) this.differences = [];
    this.rate = speed;
    this.differences.push(difference);
    if (this.differences.length > (speed === 1 ? WINDOW_BEATS : HURRIED_BEATS)) this.differences.shift();
    this.current = Math.max(...this.differences);
  }

  /** Seconds of the city in one second; 0: it stands. */
  get speed(): number {
    return this.rate;
  }

  /** City clock at a local moment, epoch ms UTC. */
  at(local: number): number {
    return this.rate * local + this.current;
  }

  /** City clock now, epoch ms UTC. */
  now(): number {
    return this.at(localMs());
  }
}

/** Waits between tries: doubling from `firstMs` to `mostMs`, ± 30 % so that a thousand screens do not knock at once. */
export function backOffMs(attempt: number, firstMs = 300, mostMs = 3000): number {
  return Math.min(mostMs, firstMs * 2 ** attempt) * (0.7 + 0.6 * Math.random());
}
