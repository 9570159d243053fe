import { expect, test } from 'vitest';
import type { Trial } from '../../stores/alert-rules.ts';
import { chartOf } from './trial.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 6, 16, 12);

test('each hour of a trial is a column; an hour without a firing is zero', () => {
  const firing = { until: null, severity: 'red', layer: 'l', key: 'k', title: { zh: '', en: '' } } as const;
  const trial = {
    ...{ rule: 'r', from: START + 0.5 * HOUR, to: START + 3.5 * HOUR, isComplete: true, fired: 3, perDay: 1 },
    ...{ band: 'acceptable', longestMs: 0, bySeverity: { red: 3 }, absent: [] },
    firings: [START + 0.6 * HOUR, START + 3.1 * HOUR, START + 3.5 * HOUR].map((at) => ({ ...firing, at })),
  } as const satisfies Trial;
  const { lines, from, to } = chartOf(trial, { title: 'x', unit: '' });
  expect(lines[0]?.points).toEqual([
    { at: START, value: 1 },
    { at: START + HOUR, value: 0 },
    { at: START + 2 * HOUR, value: 0 },
    { at: START + 3 * HOUR, value: 2 },
  ]);
  expect([from, to]).toEqual([trial.from, trial.to]);
});
