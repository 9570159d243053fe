// The simulated city's clock and its agenda. Everything that happens is an entry at a virtual moment, run in
// order of (moment, order of entry): how fast the machine is never changes what is said.

export interface Clock {
  /** Virtual moment, epoch ms UTC. While an entry runs it is that entry's own moment. */
  now(): number;
  at(when: number, run: () => void): () => void;
  /** Runs at `first`, then each `periodMs` (a function is asked anew each time). Returns the canceller. */
  every(first: number, periodMs: number | (() => number), run: () => void): () => void;
  /** Lock-step: runs every entry of the next `ms`; yields to sockets between portions. */
  advance(ms: number): Promise<void>;
  setSpeed(factor: number): void;
  setPaused(paused: boolean): void;
  readonly speed: number;
  readonly paused: boolean;
  /** Entries on the agenda. */
  readonly pending: number;
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

/** A clock that follows the wall clock (times `speed`) or stands still until `advance`. */
export function createClock(options: ClockOptions): Clock {
  const heap: Entry[] = [];
  let order = 0;
  let moment = options.startAt;
  let horizon = options.startAt;
  let { speed, paused } = options;
  let lastWall = options.wall();
  let timer: NodeJS.Timeout | null = null;
  let busy: Promise<void> = Promise.resolve();
  let running = false;

  const add = (when: number, periodMs: (() => number) | null, run: () => void): (() => void) => {
    const entry: Entry = { when: Math.round(when), order: order++, periodMs, run };
    pushHeap(heap, entry);
    return () => {
      entry.run = null;
    };
  };

  const runOne = (entry: Entry, jumpTo: number | null): void => {
    if (entry.run === null) return;
    moment = Math.max(moment, entry.when);
    try {
      entry.run();
    } catch (error) {
      options.onError(error);
    }
    if (entry.periodMs === null || entry.run === null) return;
    const period = Math.max(1, Math.round(entry.periodMs()));
    const late = jumpTo === null ? 0 : Math.max(0, Math.floor((jumpTo - entry.when) / period));
    entry.when += period * (1 + late);
    entry.order = order++;
    pushHeap(heap, entry);
  };

  const runTo = async (target: number, jump: boolean): Promise<void> => {
    let count = 0;
    for (let top = heap[0]; top !== undefined && top.when <= target; top = heap[0]) {
      popHeap(heap);
      runOne(top, jump ? target : null);
      if (++count % PORTION === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    moment = Math.max(moment, target);
  };

  const follow = (): void => {
    const wall = options.wall();
    const gap = Math.max(0, wall - lastWall);
    lastWall = wall;
    if (paused) return;
    horizon += gap * speed;
    if (running) return;
    running = true;
    busy = busy.then(() => runTo(Math.floor(horizon), gap > JUMP_WALL_MS)).finally(() => (running = false));
  };

  return {
    now: () => moment,
    at: (when, run) => add(when, null, run),
    every: (first, periodMs, run) =>
      add(first, typeof periodMs === 'number' ? () => periodMs : periodMs, run),
    advance: (ms) => {
      horizon += ms;
      const target = Math.round(horizon);
      busy = busy.then(() => runTo(target, false));
      return busy;
    },
    setSpeed: (factor) => {
      speed = factor;
    },
    setPaused: (next) => {
      lastWall = options.wall();
      paused = next;
    },
    get speed() {
      return speed;
    },
    get paused() {
      return paused;
    },
    get pending() {
      return heap.length;
    },
    start: () => {
      lastWall = options.wall();
      timer = setInterval(follow, LOOK_MS);
    },
    stop: () => {
      if (timer !== null) clearInterval(timer);
      heap.length = 0;
    },
  };
}
