// How often a rule fired, hour by hour, as columns along time: pure.
import type { ChartModel } from '../../charts/model.ts';
import type { Trial } from '../../stores/alert-rules.ts';

const HOUR_MS = 3_600_000;
/** Spans that can be tried, days. */
export const trialDays = [1, 3, 7] as const;
export type TrialDays = (typeof trialDays)[number];

/** One column for each hour of what was tried, empty hours as zero. */
export function chartOf({ from, to, firings }: Trial, words: { title: string; unit: string }): ChartModel {
  const first = Math.floor(from / HOUR_MS);
  const hours = Math.max(1, Math.ceil(to / HOUR_MS) - first);
  const counts = new Array<number>(hours).fill(0);
  for (const { at } of firings) {
    const hour = Math.min(hours - 1, Math.max(0, Math.floor(at / HOUR_MS) - first));
    counts[hour] = (counts[hour] ?? 0) + 1;
  }
  const points = counts.map((value, hour) => ({ at: (first + hour) * HOUR_MS, value }));
  return {
    ...words,
    ...{ step: 1, shape: 'column', from, to, limits: [], gaps: [] },
    lines: [{ key: 'fired', name: words.title, points, kind: 'observed' }],
  };
}
