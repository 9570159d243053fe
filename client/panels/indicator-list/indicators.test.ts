import { describe, expect, it } from 'vitest';
import { FIXTURE_NOW, readingsIn } from '../../stores/indicators.fixture.ts';
import { indicatorRows, stepOf } from './indicators.ts';

const sources = {
  readings: readingsIn('live', ['tpi']),
  trends: new Map(),
  down: false,
  waiting: false,
  now: FIXTURE_NOW,
  locale: 'zh' as const,
};

describe('a list of indicators', () => {
  it('keeps the order of the scene, and says what is not connected', () => {
    const rows = indicatorRows(['gdp', 'tpi'], new Map(), sources);
    expect(rows.map(({ slug, state, text }) => [slug, state, text])).toEqual([
      ['gdp', 'off', null],
      ['tpi', 'live', '3.2'],
    ]);
  });
  it.each([
    ['m', 1.8, 0.01, [1, 0.5]],
    ['m', 9660, 1, [500, 200, 50]],
    ['', 35, 1, [50, 100, 150]],
    ['', 3.2, 0.1, [4, 6, 8]],
    ['%', 97, 0.1, [98, 95, 90]],
    ['个', 3, 1, []],
    ['个', 2.5, 0.1, []],
  ])('shows %s of %d in steps of %d', (unit, value, step, limits) =>
    expect(stepOf(unit, value, limits)).toBe(step),
  );
});
