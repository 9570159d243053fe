// Surface water class by GB 3838-2002 for rivers: the class of the worst measured item.

export const grades = ['I', 'II', 'III', 'IV', 'V', 'worse'] as const;
export type Grade = (typeof grades)[number];

type Five = readonly [number, number, number, number, number];

/** Upper limits of class Ⅰ–Ⅴ, mg/L. */
const ABOVE_IS_WORSE: Readonly<Record<string, Five>> = {
  permanganateMgL: [2, 4, 6, 10, 15],
  ammoniaMgL: [0.15, 0.5, 1, 1.5, 2],
  phosphorusMgL: [0.02, 0.1, 0.2, 0.3, 0.4],
};

/** Lower limits of class Ⅰ–Ⅴ, mg/L. */
const BELOW_IS_WORSE: Readonly<Record<string, Five>> = { oxygenMgL: [7.5, 6, 5, 3, 2] };

/**
 * `measured`: mg/L by column of `water-section`; pH 6–9 holds for every class. Items without a class limit do not count.
 * → the class, or null when no item with a limit was measured.
 */
export function waterGrade(measured: Readonly<Record<string, number>>): Grade | null {
  let worst = -1;
  for (const [item, value] of Object.entries(measured)) {
    worst = Math.max(worst, itemClass(item, value));
  }
  return grades[worst] ?? null;
}

/** 0–5 for Ⅰ–劣Ⅴ, −1 for an item without limits. */
function itemClass(item: string, value: number): number {
  if (item === 'ph') return value >= 6 && value <= 9 ? 0 : 5;
  const above = ABOVE_IS_WORSE[item];
  if (above) return firstIndex(above, (limit) => value <= limit);
  const below = BELOW_IS_WORSE[item];
  return below ? firstIndex(below, (limit) => value >= limit) : -1;
}

function firstIndex(limits: Five, holds: (limit: number) => boolean): number {
  const index = limits.findIndex(holds);
  return index < 0 ? limits.length : index;
}
