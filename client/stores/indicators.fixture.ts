// Made-up readings in each state of the gallery.
import { indicatorValue } from '../../contracts/layers/indicator-value.ts';
import { LayerTable } from '../../contracts/table.ts';
import { cityReadings, type IndicatorTable, type Reading } from './indicators.ts';
import { DAY_MS, type Sample } from './trends.ts';

/** 2026-07-15 18:20 in China. */
export const FIXTURE_NOW = Date.UTC(2026, 6, 15, 10, 20);
const AGE_MS: Readonly<Record<string, number>> = { live: 8_000, late: 150_000, stale: 3_600_000 };
/** States without a number, as the server says them. */
const WITHOUT: Readonly<Record<string, 'insufficient' | 'waiting'>> = {
  empty: 'insufficient',
  waiting: 'waiting',
};

const LEVELS = [
  [80, 'normal'],
  [60, 'yellow'],
  [40, 'orange'],
] as const;
const levelOf = (value: number): 'normal' | 'yellow' | 'orange' | 'red' =>
  LEVELS.find(([least]) => value >= least)?.[1] ?? 'red';

const valueOf = (slug: string, i: number): number => (slug === 'tpi' ? 3.2 : 91 - ((i * 13) % 34) + i / 10);

/** City rows as the server writes them; 'off' has none, 'empty' has too little data for a value. */
export const readingsIn = (state: string, slugs: readonly string[]): ReadonlyMap<string, Reading> =>
  cityReadings(indicatorTableIn(state, slugs, ['']));

/** `regions`: codes of counties; '' for the city. */
export function indicatorTableIn(
  state: string,
  slugs: readonly string[],
  regions: readonly string[],
): IndicatorTable {
  const table = new LayerTable(indicatorValue);
  if (state === 'off') return table;
  const without = WITHOUT[state];
  const rows = regions.flatMap((region, r) => slugs.map((slug, i) => ({ region, slug, i: i + r })));
  for (const { region, slug, i } of rows) {
    const value = without ? null : valueOf(slug, i);
    table.put({
      key: `indicator/${slug}/${region || 'city'}`,
      validAt: FIXTURE_NOW - (AGE_MS[state] ?? 8_000),
      regionCode: region,
      quality: 'good',
      source: 'indicators',
      synthetic: true,
      values: {
        indicator: slug,
        region: region || 'city',
        value,
        unit: null,
        state: without ?? (state === 'stale' ? 'stale' : 'current'),
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
        limits: slug === 'tpi' ? '4|6|8' : '80|60|40',
      },
    });
  }
  return table;
}

/** A day-long line where the state has one, with an hour missing. */
export function trendsIn(state: string, slugs: readonly string[]): ReadonlyMap<string, readonly Sample[]> {
  if (state !== 'live' && state !== 'late') return new Map();
  const step = DAY_MS / 96;
  return new Map(
    slugs.map((slug, i) => [
      slug,
      Array.from({ length: 97 }, (_, k) => ({
        at: FIXTURE_NOW - (96 - k) * step,
        value: 88 - i + 3 * Math.sin(k / 9 + i),
      })).filter((_, k) => k < 40 || k > 44),
    ]),
  );
}
