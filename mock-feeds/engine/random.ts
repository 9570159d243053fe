// Randomness as a pure function of (seed, keys): the same seed and clock always give the same city.

const mix = (hash: number, value: number): number => {
  let k = Math.imul(value | 0, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  k = Math.imul(k, 0x1b873593);
  let h = hash ^ k;
  h = (h << 13) | (h >>> 19);
  return (Math.imul(h, 5) + 0xe6546b64) | 0;
};

/** 32-bit hash of integers (MurmurHash3 body and finaliser). */
export function hash32(...keys: number[]): number {
  let h = 0x9747b28c;
  for (const key of keys) h = mix(h, key);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Integer key of a text (FNV-1a), to be used as a key of `hash32` and `unit`. */
export function keyOf(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** Uniform number in [0, 1) for these keys. */
export const unit = (...keys: number[]): number => hash32(...keys) / 4294967296;

/** Standard normal number for these keys (Box–Muller). */
export function gauss(...keys: number[]): number {
  const u = 1 - unit(...keys, 11);
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * unit(...keys, 23));
}

/** Smooth value noise in [-1, 1] along `x`, one curve per keys. */
export function drift(x: number, ...keys: number[]): number {
  const cell = Math.floor(x);
  const f = x - cell;
  const w = f * f * (3 - 2 * f);
  const a = unit(...keys, cell) * 2 - 1;
  return a + (unit(...keys, cell + 1) * 2 - 1 - a) * w;
}

/** A sequence of random numbers for one source; its state is its only memory. */
export interface Random {
  next(): number;
  below(n: number): number;
  between(low: number, high: number): number;
  chance(p: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Waiting time with this mean (exponential). */
  wait(mean: number): number;
}

/** Sequence of the keys (mulberry32). `pick` of an empty list throws a RangeError. */
export function createRandom(...keys: number[]): Random {
  let state = hash32(...keys) | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    next,
    below,
    between: (low, high) => low + next() * (high - low),
    chance: (p) => next() < p,
    pick: (list) => {
      const item = list[below(list.length)];
      if (item === undefined) throw new RangeError('pick from an empty list → give it at least one item');
      return item;
    },
    wait: (mean) => -Math.log(1 - next()) * mean,
  };
}
