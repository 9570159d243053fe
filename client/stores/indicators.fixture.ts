// Made-up readings in each state of the gallery.
import { indicatorValue } from '../../contracts/layers/indicator-value.ts';
import { LayerTable } from '../../contracts/table.ts';
import { cityReadings, type Reading } from './indicators.ts';
import type { Sample } from './seen.ts';

/** 2026-07-15 18:20 in China. */
export const FIXTURE_NOW = Date.UTC(2026, 6, 15, 10, 20);
const AGE_MS: Readonly<Record<string, number>> = { live: 8_000, late: 150_000, stale: 3_600_000 };

const LEVELS = [
  [80, 'normal'],
  [60, 'yellow'],
  [40, 'orange'],
] as const;
const levelOf = (value: number): 'normal' | 'yellow' | 'orange' | 'red' =>
  LEVELS.find(([least]) => value >= least)?.[1] ?? 'red';

/** Rows as the server writes them; 'off' has none, 'empty' has too little data for a value. */
export function readingsIn(state: string, slugs: readonly string[]): ReadonlyMap<string, Reading> {
  const table = new LayerTable(indicatorValue);
  if (state === 'off') return cityReadings(table);
  for (const [i, slug] of slugs.entries()) {
    const value = state === 'empty' ? null : slug === 'tpi' ? 3.2 : 91 - ((i * 13) % 34) + i / 10;
    table.put({
      key: `indicator/${slug}/city`,
      validAt: FIXTURE_NOW - (AGE_MS[state] ?? 8_000),
      regionCode: '',
      quality: 'good',
      source: 'indicators',
      synthetic: true,
      values: {
        indicator: slug,
        region: 'city',
        value,
        unit: null,
        state: value === null ? 'insufficient' : state === 'stale' ? 'stale' : 'current',
        level: value === null || state === 'stale' ? null : slug === 'tpi' ? 'normal' : levelOf(value),
        score: value,
        freshness: value === null ? null : 1,
        numerator: null,
        denominator: null,
        coveragePct: value === null ? 31 : 78.4,
        oldestInputS: 420,
        inputs: ['road-speed'],
        parts: null,
        formula: `${slug}@1`,
      },
    });
  }
  return cityReadings(table);
}

/** A day-long line where the state has one. */
export function seenIn(state: string, slugs: readonly string[]): ReadonlyMap<string, readonly Sample[]> {
  if (state !== 'live' && state !== 'late') return new Map();
  return new Map(
    slugs.map((slug, i) => [
      slug,
      Array.from({ length: 40 }, (_, k) => ({
        at: FIXTURE_NOW - (39 - k) * 300_000,
        value: 88 - i + 3 * Math.sin(k / 5 + i),
      })),
    ]),
  );
}
