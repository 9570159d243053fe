import { describe, expect, it } from 'vitest';
import { sparkOf } from './spark.ts';

const box = { width: 100, height: 20, least: 4 };
const at = (values: readonly number[]) => values.map((value, i) => ({ at: i * 60_000, value }));

describe('a line of what was seen', () => {
  it('is not drawn from fewer than three samples', () => {
    expect(sparkOf(at([1, 2]), box)).toBeNull();
    expect(sparkOf([], box)).toBeNull();
  });
  it('runs from left to right with the highest value on top', () => {
    expect(sparkOf(at([80, 90, 100]), box)).toEqual({
      path: 'M0.00 20.00L50.00 10.00L100.00 0.00',
      end: [100, 0],
    });
  });
  it('keeps a change of the last digit small', () => {
    const ends = sparkOf(at([90, 90, 90.1]), box)?.end ?? [];
    expect(ends[1]).toBeCloseTo(9.75, 2);
  });
});
