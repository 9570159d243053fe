// Rows of the city indicators a scene asks for, with the titles and units the server tells.
import { unitOf } from '../../i18n/numbers.ts';
import type { IndicatorFacts } from '../../stores/indicator-facts.ts';
import { stepOf } from '../../stores/indicator-step.ts';
import { signRow, type SignRow, type SignSources } from '../../stores/signs.ts';

export type IndicatorRow = SignRow & { readonly unit: string };

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
