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
/** Of a world that hurries: its speed is measured over so many. */
const HURRIED_BEATS = 4;
const JUMP_MS = 5000;

interface Beat {
  /** City clock, epoch ms. */
  readonly at: number;
  /** Local clock, epoch ms. */
  readonly received: number;
}

/**
 * Estimates the city clock from heartbeats. At the speed of life a beat can only come late, so the largest difference of the
 * last half minute is the closest to the truth. A world that hurries may not manage the speed it was asked for: it goes on
 * from its last beat as fast as it was seen to go, and never back. A jump of the city clock itself (a scenario) is taken over
 * at once, and so is another speed.
 */
export class CityClock {
  private beats: Beat[] = [];
  private anchor: Beat = { at: 0, received: 0 };
  /** Seconds of the city in one second as seen, at most what it was asked for. */
  private pace = 1;
  private rate = 1;
  /** What was shown already, epoch ms. */
  private floor = -Infinity;

  /**
   * @param at city clock in the beat @param receivedAt local clock at receipt, both epoch ms
   * @param speed seconds of the city in one second; 0: it stands
   */
  beat(at: number, receivedAt: number, speed = 1): void {
    const before = this.at(receivedAt);
    const isNew = speed !== this.rate || Math.abs(at - before) > JUMP_MS * Math.max(1, speed);
    if (isNew) this.beats = [];
    this.rate = speed;
    this.beats.push({ at, received: receivedAt });
    const isHurried = speed > 1;
    if (this.beats.length > (isHurried ? HURRIED_BEATS : WINDOW_BEATS)) this.beats.shift();
    this.floor = isHurried && !isNew ? before : -Infinity;
    this.pace = isHurried ? Math.min(speed, paceOf(this.beats) ?? speed) : speed;
    this.anchor = isHurried ? { at, received: receivedAt } : soonest(this.beats, speed);
  }

  /** Seconds of the city in one second that were asked for; 0: it stands. */
  get speed(): number {
    return this.rate;
  }

  /** City clock at a local moment, epoch ms UTC. */
  at(local: number): number {
    return Math.max(this.floor, this.anchor.at + this.pace * (local - this.anchor.received));
  }

  /** City clock now, epoch ms UTC. */
  now(): number {
    return this.at(localMs());
  }
}

/** Seconds of the city in one second from the first of the beats to the last; null: there is no telling. */
function paceOf(beats: readonly Beat[]): number | null {
  const [first, last] = [beats[0], beats.at(-1)];
  if (!first || !last || last.received <= first.received) return null;
  return Math.max(0, (last.at - first.at) / (last.received - first.received));
}

/** The beat that was least on its way. */
function soonest(beats: readonly Beat[], speed: number): Beat {
  const ahead = ({ at, received }: Beat): number => at - speed * received;
  return beats.reduce((best, one) => (ahead(one) > ahead(best) ? one : best));
}

/** Waits between tries: doubling from `firstMs` to `mostMs`, ± 30 % so that a thousand screens do not knock at once. */
export function backOffMs(attempt: number, firstMs = 300, mostMs = 3000): number {
  return Math.min(mostMs, firstMs * 2 ** attempt) * (0.7 + 0.6 * Math.random());
}
