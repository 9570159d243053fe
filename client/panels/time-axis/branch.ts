// Options of a model as branches of the time axis: where each begins, its highest point with its name, and what it says of a moment.
import { formatNumber, unitOf } from '../../i18n/numbers.ts';
import type { BranchCourse } from '../../stores/advice.ts';
import type { BranchSource } from './axis.ts';

type Locale = 'zh' | 'en';
const STEP = 0.01;

/** 甲 dashed, 乙 dotted, what is ordered now thin. */
const DASHES: Readonly<Record<string, BranchSource['dash']>> = { a: 'dash', b: 'dot' };

/** 甲 of 甲 错峰拦洪. */
export const shortOf = ({ name }: BranchCourse, locale: Locale): string =>
  (locale === 'zh' ? name.zh.split(/[ （(]/)[0] : name.en) ?? name.zh;

/** What was drawn up comes before what is ordered now: that the axis shows as it goes by itself. */
const ranked = (branches: readonly BranchCourse[]): readonly BranchCourse[] =>
  [...branches].sort((a, b) => Number(!(a.option in DASHES)) - Number(!(b.option in DASHES)));

export const branchSources = (branches: readonly BranchCourse[], locale: Locale): readonly BranchSource[] =>
  ranked(branches).flatMap((branch): BranchSource[] => {
    const [first, last] = [branch.points[0], branch.points.at(-1)];
    if (!first || !last) return [];
    const peak = branch.peak
      ? {
          at: branch.peak[0],
          text: `${shortOf(branch, locale)} ${formatNumber(branch.peak[1], STEP, locale)}`,
        }
      : null;
    return [
      { option: branch.option, dash: DASHES[branch.option] ?? 'thin', from: first[0], to: last[0], peak },
    ];
  });

/** Room for the last peak and its name; 0: there is none. */
const ROOM_MS = 3 * 3_600_000;
export const lastPeak = (branches: readonly BranchCourse[]): number =>
  Math.max(0, ...branches.flatMap(({ peak }) => (peak ? [peak[0] + ROOM_MS] : [])));

/** On straight lines; null outside of it. */
export function valueAt({ points }: BranchCourse, at: number): number | null {
  const after = points.findIndex(([moment]) => moment >= at);
  const [before, next] = [points[after - 1], points[after]];
  if (!next) return null;
  if (!before) return next[0] === at ? next[1] : null;
  return before[1] + ((at - before[0]) / (next[0] - before[0])) * (next[1] - before[1]);
}

/** "15:30 甲 463.20 m · 乙 464.90 m"; '' where nothing was worked out for that moment. */
export function aheadWords(
  branches: readonly BranchCourse[],
  at: number,
  { locale, clock }: { readonly locale: Locale; readonly clock: string },
): string {
  const values = ranked(branches).flatMap((branch) => {
    const value = valueAt(branch, at);
    const unit = unitOf(branch.unit, locale);
    return value === null ? [] : [`${shortOf(branch, locale)} ${formatNumber(value, STEP, locale)} ${unit}`];
  });
  return values.length === 0 ? '' : `${clock} ${values.join(' · ')}`;
}
