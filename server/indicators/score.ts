// Threshold codes, scores and levels: the rules common to all indicators.

/** down: less is better; up: more is better; band: inside is better. */
export type Direction = 'down' | 'up' | 'band';

export const levels = ['normal', 'blue', 'yellow', 'orange', 'red'] as const;
export type Level = (typeof levels)[number];

export const severityOf = (level: Level): number => levels.indexOf(level);

/** One dated set of thresholds in the unit of the indicator. */
export interface Limits {
  /** First and last local day the set counts; null: still counts. */
  readonly from: string;
  readonly to: string | null;
  /** down and up: a, b, c of "a|b|c"; band: lowest and highest good value. WORST: empty, the level is its own. */
  readonly code: readonly number[];
  /** Where the score is 100 and 0; default one step of the code further out (see anchorsOf). */
  readonly best?: number;
  readonly worst?: number;
}

/** Outside the band by this share of its bound: yellow up to the first, orange up to the second; zero points at the third. */
const BAND_SHARES = [0.1, 0.25, 0.5] as const;
const SCORES = [100, 80, 60, 40, 0] as const;

/** What is wrong with a set, or null. */
export function limitsFault(direction: Direction, { code, best, worst, from, to }: Limits): string | null {
  if (to !== null && to < from) return `ends ${to}, before it begins`;
  if (code.length === 0) return null;
  if (direction === 'band') {
    const [lo = NaN, hi = NaN] = code;
    return code.length === 2 && lo < hi && lo > 0 ? null : 'a band needs two growing values above 0';
  }
  if (code.length !== 3) return 'needs three values a, b, c';
  const [a = NaN, b = NaN, c = NaN] = code;
  const sign = direction === 'down' ? 1 : -1;
  if (!(sign * a < sign * b && sign * b < sign * c)) {
    return `${code.join('|')} must ${direction === 'down' ? 'grow' : 'fall'} from good to bad`;
  }
  if (best !== undefined && sign * best > sign * a) return `best ${best} is worse than ${a}`;
  if (worst !== undefined && sign * worst <= sign * c) return `worst ${worst} is not worse than ${c}`;
  return null;
}

/** Values where the score is 100, 80, 60, 40 and 0. Percentages and counts do not go beyond their ends. */
export function anchorsOf(direction: 'down' | 'up', limits: Limits): readonly number[] {
  const [a = 0, b = 0, c = 0] = limits.code;
  const further = a - (b - a);
  const best = limits.best ?? (direction === 'down' ? Math.max(Math.min(a, 0), further) : further);
  return [best, a, b, c, limits.worst ?? c + (c - b)];
}

/** Piecewise linear score of 0–100; NaN for NaN or an empty code. */
export function scoreOf(value: number, direction: Direction, limits: Limits): number {
  if (Number.isNaN(value) || limits.code.length === 0) return NaN;
  if (direction === 'band') return bandScore(value, limits);
  const sign = direction === 'down' ? 1 : -1;
  const anchors = anchorsOf(direction, limits);
  if (sign * value <= sign * (anchors[0] as number)) return 100;
  for (let i = 1; i < anchors.length; i++) {
    const far = anchors[i] as number;
    if (sign * value > sign * far) continue;
    const near = anchors[i - 1] as number;
    const share = (value - near) / (far - near);
    return (SCORES[i - 1] as number) + share * ((SCORES[i] as number) - (SCORES[i - 1] as number));
  }
  return 0;
}

function bandScore(value: number, { code }: Limits): number {
  const [lo = 0, hi = 0] = code;
  const middle = (lo + hi) / 2;
  if (value >= lo && value <= hi) return 100 - (20 * Math.abs(value - middle)) / (hi - middle);
  const outside = value < lo ? (lo - value) / lo : (value - hi) / hi;
  let near = 0;
  for (const [i, share] of BAND_SHARES.entries()) {
    const from = SCORES[i + 1] as number;
    if (outside <= share)
      return from + ((outside - near) / (share - near)) * ((SCORES[i + 2] as number) - from);
    near = share;
  }
  return 0;
}

/** ≥ 80 normal, ≥ 60 yellow, ≥ 40 orange, else red. null for NaN. */
export function levelOfScore(score: number): Level | null {
  if (Number.isNaN(score)) return null;
  // A hair below a bound is a rounding of the piecewise line, not another level.
  const rounded = Math.round(score * 1e6) / 1e6;
  if (rounded >= 80) return 'normal';
  if (rounded >= 60) return 'yellow';
  return rounded >= 40 ? 'orange' : 'red';
}

/** The score a level stands for where the level is the measurement itself: the middle of its range. */
export function scoreOfLevel(level: Level): number {
  switch (level) {
    case 'normal':
      return 100;
    case 'blue':
    case 'yellow':
      return 70;
    case 'orange':
      return 50;
    case 'red':
      return 20;
    default:
      return level satisfies never;
  }
}

/** Thresholds that count from the first day of the current catalogue on and have no end yet. */
export function limitsFrom2024(
  code: readonly number[],
  ends: Pick<Limits, 'best' | 'worst'> = {},
): readonly Limits[] {
  return [{ from: '2024-01-01', to: null, code, ...ends }];
}

/** The dated entry of a city's threshold file that counts on a local day, or null. */
export function limitsInForce<T extends { readonly from: string; readonly to: string | null }>(
  sets: readonly T[],
  day: string,
): T | null {
  return sets.find(({ from, to }) => from <= day && (to === null || day <= to)) ?? null;
}
