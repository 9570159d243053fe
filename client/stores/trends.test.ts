import { describe, expect, it } from 'vitest';
import { changeOf, DAY_MS, parseSeries } from './trends.ts';

describe('a series of the server', () => {
  it('is its pairs of numbers in order; what is no pair is left out', () => {
    const points = [[20, 2], [10, 1], [30, null], 'x', [40]];
    expect(parseSeries({ layer: 'indicator-value', points })).toEqual([
      { at: 10, value: 1 },
      { at: 20, value: 2 },
    ]);
  });
  it.each([null, {}, { points: 'none' }, []])('is empty where the answer is %j', (body) => {
    expect(parseSeries(body)).toEqual([]);
  });
});

describe('the change against yesterday', () => {
  const now = 10 * DAY_MS;
  it('is told when the line begins a day ago', () => {
    expect(changeOf([{ at: now - DAY_MS, value: 80 }], 78.5, now)).toBe(-1.5);
  });
  it('is not guessed from a shorter line, or without a value', () => {
    expect(changeOf([{ at: now - DAY_MS / 2, value: 80 }], 78, now)).toBeNull();
    expect(changeOf([{ at: now - DAY_MS, value: 80 }], null, now)).toBeNull();
    expect(changeOf([], 78, now)).toBeNull();
  });
});
