// Counties by one indicator. The order is that of the values; who has none stands last, in the order of the city.
import { formatNumber } from '../../i18n/numbers.ts';
import type { Reading } from '../../stores/indicators.ts';
import type { Locale } from '../../stores/session.ts';
import type { RankRow } from '../../ui/rank-row.ts';

export interface RankingSources {
  readonly counties: readonly Reading[];
  /** Reading of the whole city: a mean, or the sum where things are counted. */
  readonly whole: Reading | null;
  /** Codes in the city's own order. */
  readonly order: readonly string[];
  readonly nameOf: (code: string) => string | null;
  readonly rising: boolean;
  readonly most: number;
  /** What fills a bar; absent, and where more is reached: the largest value. */
  readonly full?: number;
  readonly step: number;
  readonly unit: string;
  readonly locale: Locale;
}

export interface Ranking {
  readonly rows: readonly RankRow[];
  /** Where the value of the whole city stands on the bars, 0–1; null where it is no mean of the counties. */
  readonly mean: number | null;
  readonly at: number | null;
  readonly stale: boolean;
}

export function rankingOf(sources: RankingSources): Ranking {
  const { counties, whole, order, nameOf, rising, most, full = 0, step, unit, locale } = sources;
  const known = new Map(counties.map((reading) => [reading.region, reading]));
  const codes = order.filter((code) => nameOf(code) !== null && known.has(code));
  const valueOf = (code: string): number | null => known.get(code)?.value ?? null;
  const ranked = codes
    .filter((code) => valueOf(code) !== null)
    .sort((a, b) => ((valueOf(a) ?? 0) - (valueOf(b) ?? 0)) * (rising ? 1 : -1));
  const values = ranked.map((code) => valueOf(code) ?? 0);
  const largest = Math.max(full, ...values);
  const shareOf = (value: number): number => (largest === 0 ? 0 : Math.max(0, value) / largest);
  const rows = [...ranked, ...codes.filter((code) => valueOf(code) === null)]
    .slice(0, most)
    .map((code): RankRow => {
      const value = valueOf(code);
      return {
        key: code,
        name: nameOf(code) ?? code,
        text: value === null ? null : formatNumber(value, step, locale),
        unit,
        share: value === null ? 0 : shareOf(value),
        level: known.get(code)?.level ?? null,
      };
    });
  const times = ranked.flatMap((code) => known.get(code)?.at ?? []);
  return {
    rows,
    mean: whole?.value == null || !isMean(whole.value, values) ? null : shareOf(whole.value),
    at: times.length === 0 ? null : Math.min(...times),
    stale: ranked.length > 0 && ranked.every((code) => known.get(code)?.state === 'stale'),
  };
}

/** A mean lies among what it is the mean of; the total of a count lies beyond. */
const isMean = (value: number, parts: readonly number[]): boolean =>
  parts.length > 0 && value >= Math.min(...parts) && value <= Math.max(...parts);
