import { describe, expect, it } from 'vitest';
import { readingsOf, warningsOf } from './answer.ts';
import { readingsIn } from './indicators.fixture.ts';

describe('a question', () => {
  const warnings = [{ event: '大雾' }, { event: '森林火险' }];
  it('is about all warnings, none, or those of some kinds', () => {
    expect(warningsOf(warnings, { warnings: true, indicators: 'all' })).toEqual(warnings);
    expect(warningsOf(warnings, { warnings: false, indicators: 'all' })).toEqual([]);
    expect(warningsOf(warnings, { warnings: ['雾', '霾'], indicators: 'all' })).toEqual([{ event: '大雾' }]);
  });
  it('is about all indicators or those it names', () => {
    const all = [...readingsIn('live', ['tpi', 'aqi']).values()];
    expect(readingsOf(all, { warnings: false, indicators: 'all' })).toHaveLength(2);
    expect(readingsOf(all, { warnings: false, indicators: ['aqi'] }).map(({ slug }) => slug)).toEqual([
      'aqi',
    ]);
  });
});
