// Rows of the city indicators a scene asks for, with the titles and units the server tells.
import { unitOf } from '../../i18n/numbers.ts';
import type { IndicatorFacts } from '../../stores/indicator-facts.ts';
import { signRow, type SignRow, type SignSources } from '../../stores/signs.ts';

export type IndicatorRow = SignRow & { readonly unit: string };

/** Where thresholds lie at a hundred and above, what stands behind the point decides nothing. */
const LARGE = 100;

/** Digits after the point go with the unit and the thresholds: a level has centimetres, a count has none. */
export function stepOf(unit: string, value: number | null, limits: readonly number[]): number {
  if (limits.some((limit) => Math.abs(limit) > LARGE)) return 1;
  if (unit === 'm') return 0.01;
  if (['', '%', 'km', 'mm', 'min', 'μSv/h'].includes(unit)) return 0.1;
  return Number.isInteger(value ?? 0) ? 1 : 0.1;
}

export function indicatorRows(
  slugs: readonly string[],
  facts: ReadonlyMap<string, IndicatorFacts>,
  sources: SignSources,
): readonly IndicatorRow[] {
  return slugs.map((slug) => {
    const known = facts.get(slug);
    const reading = sources.readings.get(slug);
    const unit = known?.unit[sources.locale] ?? unitOf(reading?.unit ?? '', sources.locale);
    const step = stepOf(known?.unit.zh ?? reading?.unit ?? '', reading?.value ?? null, known?.limits ?? []);
    const row = signRow({ slug, title: known?.title ?? { zh: slug, en: slug } }, sources, step);
    return { ...row, unit };
  });
}
