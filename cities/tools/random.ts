// Seeded random numbers (mulberry32): the same city and the same table always give the same rows.
export type Random = () => number;

/** `seed` is any text, e.g. `guangyuan/outfalls`; numbers are uniform in [0, 1). */
export function createRandom(seed: string): Random {
  let state = 2166136261;
  for (const letter of seed) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function pick<T>(random: Random, list: readonly T[]): T {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new Error('Cannot pick from an empty list; give it at least one entry.');
  return chosen;
}

/** A number between two bounds, rounded to `digits` decimals. */
export function between(random: Random, range: readonly [number, number], digits = 0): number {
  return Number((range[0] + random() * (range[1] - range[0])).toFixed(digits));
}

/** Splits a whole into parts by weight, in integers that add up (largest remainder). */
export function apportion(whole: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((w) => (sum === 0 ? 0 : (whole * w) / sum));
  const parts = exact.map(Math.floor);
  const missing = whole - parts.reduce((a, b) => a + b, 0);
  const order = exact
    .map((e, i) => [e - Math.floor(e), i] as const)
    .sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (const [, i] of order.slice(0, sum === 0 ? 0 : missing)) parts[i] = (parts[i] ?? 0) + 1;
  return parts;
}
