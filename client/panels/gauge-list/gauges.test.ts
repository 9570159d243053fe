import { describe, expect, it } from 'vitest';
import { gaugesAt } from './gauge.fixture.ts';
import { gaugesOf } from './gauges.ts';

const NOW = Date.UTC(2026, 6, 15);
const table = gaugesAt(
  [
    ['甲', 455],
    ['乙', 466],
    ['丙', 463.4],
    ['丁', null],
  ],
  NOW,
);

describe('gauges by danger', () => {
  it('stand with the least margin first, over the limit with its word and severity', () => {
    const { rows, known, total } = gaugesOf(table, { most: 5, now: NOW, locale: 'zh' });
    expect(
      rows.map(({ name, margin, over, limit, severity }) => [name, margin, over, limit, severity]),
    ).toEqual([
      ['乙', '0.50', true, 'guarantee', 'orange'],
      ['丙', '0.40', true, 'warning', 'yellow'],
      ['甲', '8.00', false, 'warning', null],
    ]);
    expect([known, total]).toEqual([3, 4]);
  });
  it('do not count once they are stale', () => {
    expect(gaugesOf(table, { most: 5, now: NOW + 3_600_000, locale: 'zh' }).rows).toEqual([]);
  });
});
