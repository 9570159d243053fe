import { describe, expect, it } from 'vitest';
import { sparkOf } from './spark.ts';

const MINUTE = 60_000;
const box = { width: 100, height: 20, least: 4, from: 0, to: 2 * MINUTE, gapMs: MINUTE };
const at = (values: readonly number[]) => values.map((value, i) => ({ at: i * MINUTE, value }));

describe('a line through samples', () => {
  it('is not drawn from fewer than three samples', () => {
    expect(sparkOf(at([1, 2]), box)).toBeNull();
    expect(sparkOf([], box)).toBeNull();
  });
  it('runs from left to right with the highest value on top', () => {
    expect(sparkOf(at([80, 90, 100]), box)).toEqual({
      path: 'M0.00 20.00L50.00 10.00L100.00 0.00',
      fromX: 0,
      end: [100, 0],
    });
  });
  it('stands where its time is: a short past fills the right end only, what is older is left out', () => {
    const late = { ...box, from: -2 * MINUTE };
    expect(sparkOf(at([1, 2, 3]), late)).toMatchObject({
      path: expect.stringMatching(/^M50\.00 /) as string,
      fromX: 50,
    });
    expect(sparkOf(at([1, 2, 3]), { ...box, from: MINUTE })).toBeNull();
  });
  it('keeps a gap open', () => {
    const samples = [...at([1, 2]), { at: 5 * MINUTE, value: 3 }, { at: 6 * MINUTE, value: 4 }];
    expect(sparkOf(samples, { ...box, to: 6 * MINUTE })?.path.match(/M/g)).toHaveLength(2);
  });
  it('keeps a change of the last digit small', () => {
    const ends = sparkOf(at([90, 90, 90.1]), box)?.end ?? [];
    expect(ends[1]).toBeCloseTo(9.75, 2);
  });
});
