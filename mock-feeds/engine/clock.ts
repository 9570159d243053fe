// The simulated city's clock and its agenda. Everything that happens is an entry at a virtual moment, run in
// order of (moment, order of entry): how fast the machine is never changes what is said.

export interface Clock {
  /** Virtual moment, epoch ms UTC. While an entry runs it is that entry's own moment. */
  now(): number;
  at(when: number, run: () => void): () => void;
  /** Runs at `first`, then each `periodMs` (a function is asked anew each time). Returns the canceller. */
  every(first: number, periodMs: number | (() => number), run: () => void): () => void;
  /**
   * Lock-step: runs every entry of the next `ms`; yields to sockets between portions. `skim`: what is periodic runs once,
   * however often it is due, so that an hour of background costs little.
   */
  advance(ms: number, skim?: boolean): Promise<void>;
  setSpeed(factor: number): void;
  setPaused(paused: boolean): void;
  readonly speed: number;
  readonly paused: boolean;
  /** Entries on the agenda. */
  readonly pending: number;
  /** End of the stretch that is run now, or was last: no answer from outside can come before it. */
  readonly stretchEnd: number;
  /**
   * For what comes from outside: runs when the stretch that is run now is over, at its end; at once where none is run. At
   * which moment within a stretch an answer came is a matter of the machine.
   */
  whenOver(run: () => void): void;
  start(): void;
  stop(): void;
}

interface Entry {
  when: number;
  order: number;
  periodMs: (() => number) | null;
  run: (() => void) | null;
}

const before = (a: Entry, b: Entry): boolean => a.when < b.when || (a.when === b.when && a.order < b.order);

function pushHeap(heap: Entry[], entry: Entry): void {
  let i = heap.push(entry) - 1;
  while (i > 0) {
    const up = (i - 1) >> 1;
    const parent = heap[up] as Entry;
    if (!before(entry, parent)) break;
    heap[i] = parent;
    i = up;
  }
  heap[i] = entry;
}

function popHeap(heap: Entry[]): Entry | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (top === undefined || last === undefined || heap.length === 0) return top;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= heap.length) break;
    const right = heap[child + 1];
    if (right !== undefined && before(right, heap[child] as Entry)) child++;
    const candidate = heap[child] as Entry;
    if (!before(candidate, last)) break;
    heap[i] = candidate;
    i = child;
  }
  heap[i] = last;
  return top;
}

/** Wall time between two looks at the agenda. */
const LOOK_MS = 50;
/** Entries run before sockets get their turn. */
const PORTION = 2000;
/** A wall-clock gap longer than this (a laptop that slept) is jumped over: periodic entries run once. */
const JUMP_WALL_MS = 60_000;

export interface ClockOptions {
  startAt: number;
  speed: number;
  paused: boolean;
  /** Wall clock, epoch ms. */
  wall: () => number;
  onError: (error: unknown) => void;
}

class VirtualClock implements Clock {
  private readonly options: ClockOptions;
  private readonly heap: Entry[];
  private order: number;
  private moment: number;
  private horizon: number;
  private readonly pace: { speed: number; paused: boolean };
  private lastWall: number;
  private timer: NodeJS.Timeout | null;
  private busy: Promise<void>;
  private running: boolean;
  private target: number;
  private inStretch: boolean;
  private readonly heard: (() => void)[];

  constructor(options: ClockOptions) {
    this.options = options;
    this.heap = [];
    this.order = 0;
    this.moment = this.options.startAt;
    this.horizon = this.options.startAt;
    this.pace = { speed: this.options.speed, paused: this.options.paused };
    this.lastWall = this.options.wall();
    this.timer = null;
    this.busy = Promise.resolve();
    this.running = false;
    this.target = this.options.startAt;
    this.inStretch = false;
    this.heard = [];
  }

  private readonly add = (when: number, periodMs: (() => number) | null, run: () => void): (() => void) => {
    const entry: Entry = { when: Math.round(when), order: this.order++, periodMs, run };
    pushHeap(this.heap, entry);
    return () => {
      entry.run = null;
    };
  };

  private readonly safely = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      this.options.onError(error);
    }
  };

  private readonly runOne = (entry: Entry, jumpTo: number | null): void => {
    if (entry.run === null) return;
    this.moment = Math.max(this.moment, entry.when);
    this.safely(entry.run);
    if (entry.periodMs === null || entry.run === null) return;
    const period = Math.max(1, Math.round(entry.periodMs()));
    const late = jumpTo === null ? 0 : Math.max(0, Math.floor((jumpTo - entry.when) / period));
    entry.when += period * (1 + late);
    entry.order = this.order++;
    pushHeap(this.heap, entry);
  };

  private readonly runTo = async (target: number, jump: boolean): Promise<void> => {
    this.target = target;
    this.inStretch = true;
    let count = 0;
    for (let top = this.heap[0]; top !== undefined && top.when <= target; top = this.heap[0]) {
      popHeap(this.heap);
      this.runOne(top, jump ? target : null);
      if (++count % PORTION === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    this.moment = Math.max(this.moment, target);
    this.inStretch = false;
    for (const run of this.heard.splice(0)) this.safely(run);
  };

  readonly whenOver: Clock['whenOver'] = (run) => {
    if (this.inStretch) this.heard.push(run);
    else this.safely(run);
  };

  private readonly follow = (): void => {
    const wall = this.options.wall();
    const gap = Math.max(0, wall - this.lastWall);
    this.lastWall = wall;
    if (this.pace.paused) return;
    this.horizon += gap * this.pace.speed;
    if (this.running) return;
    this.running = true;
    this.busy = this.busy
      .then(() => this.runTo(Math.floor(this.horizon), gap > JUMP_WALL_MS))
      .finally(() => (this.running = false));
  };

  readonly now: Clock['now'] = () => this.moment;

  readonly at: Clock['at'] = (when, run) => this.add(when, null, run);

  readonly every: Clock['every'] = (first, periodMs, run) =>
    this.add(first, typeof periodMs === 'number' ? () => periodMs : periodMs, run);

  readonly advance: Clock['advance'] = (ms, skim = false) => {
    this.horizon += ms;
    const target = Math.round(this.horizon);
    this.busy = this.busy.then(() => this.runTo(target, skim));
    return this.busy;
  };

  readonly setSpeed: Clock['setSpeed'] = (factor) => {
    this.pace.speed = factor;
  };

  readonly setPaused: Clock['setPaused'] = (next) => {
    this.lastWall = this.options.wall();
    this.pace.paused = next;
  };

  get speed(): number {
    return this.pace.speed;
  }

  get paused(): boolean {
    return this.pace.paused;
  }

  get pending(): number {
    return this.heap.length;
  }

  get stretchEnd(): number {
    return this.target;
  }

  readonly start: Clock['start'] = () => {
    this.lastWall = this.options.wall();
    this.timer = setInterval(this.follow, LOOK_MS);
  };

  readonly stop: Clock['stop'] = () => {
    if (this.timer !== null) clearInterval(this.timer);
    this.heap.length = 0;
  };
}

/** A clock that follows the wall clock (times `speed`) or stands still until `advance`. */
export function createClock(options: ClockOptions): Clock {
  return new VirtualClock(options);
}
