import { describe, expect, it } from 'vitest';
import { slopeMonitor } from '../../../contracts/layers/slope-monitor.ts';
import { ticket } from '../../../contracts/layers/ticket.ts';
import { codesTest, filterable, rangeTest, testOn, textTest, typedRange, withTest } from './filters.ts';

describe('filters', () => {
  it('leave long texts and places out', () => {
    const names = filterable(ticket).map(([name]) => name);
    expect(names).toContain('status');
    expect(names).not.toContain('text');
    expect(names).not.toContain('position');
    expect(filterable(slopeMonitor).map(([name]) => name)).toContain('rateMmH');
  });

  it('hold one test a column', () => {
    const one = withTest([], 'a', textTest('a', ' x '));
    const two = withTest(one, 'b', codesTest('b', ['p'], ['p', 'q']));
    expect(two).toEqual([
      { column: 'a', contains: 'x' },
      { column: 'b', is: ['p'] },
    ]);
    expect(withTest(two, 'a', textTest('a', ''))).toEqual([{ column: 'b', is: ['p'] }]);
    expect(testOn(two, 'b')).toEqual({ column: 'b', is: ['p'] });
    expect(testOn(two, 'c')).toBeNull();
  });

  it('take all codes, or none, for no filter', () => {
    expect(codesTest('b', ['p', 'q'], ['p', 'q'])).toBeNull();
    expect(codesTest('b', [], ['p', 'q'])).toBeNull();
  });

  it('read ranges as typed, the upper end in', () => {
    expect(rangeTest('v', { from: '', to: '' }, 1)).toBeNull();
    expect(rangeTest('v', { from: 'x', to: '' }, 1)).toBeNull();
    const test = rangeTest('v', { from: '−2', to: '3.5' }, 0.1);
    expect(test).toEqual({ column: 'v', from: -2, below: 3.55 });
    expect(typedRange(test, 0.1)).toEqual({ from: '-2', to: '3.5' });
    expect(typedRange(null, 1)).toEqual({ from: '', to: '' });
  });
});
