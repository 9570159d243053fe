import { describe, expect, it } from 'vitest';
import { FIXTURE_NOW, readingsIn } from '../../stores/indicators.fixture.ts';
import { indicatorRows } from './indicators.ts';

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
});
