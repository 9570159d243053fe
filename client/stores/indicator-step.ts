// How fine the value of an indicator is written, the same on every panel.

/** Where thresholds lie at a hundred and above, what stands behind the point decides nothing. */
const LARGE = 100;

/** Digits after the point go with the unit and the thresholds: a level has centimetres, a count has none. */
export function stepOf(unit: string, value: number | null, limits: readonly number[]): number {
  if (limits.some((limit) => Math.abs(limit) > LARGE)) return 1;
  if (unit === 'm') return 0.01;
  if (['', '%', 'km', 'mm', 'min', 'μSv/h'].includes(unit)) return 0.1;
  return Number.isInteger(value ?? 0) ? 1 : 0.1;
}
