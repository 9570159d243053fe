import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Limits } from './score.ts';
import { anchorsOf, levelOfScore, limitsFault, limitsInForce, scoreOf } from './score.ts';

const set = (code: readonly number[], ends: Pick<Limits, 'best' | 'worst'> = {}): Limits => ({
  from: '2024-01-01',
  to: null,
  code,
  ...ends,
});

describe('score', () => {
  it.each([
    [0, 100],
    [2, 90],
    [4, 80],
    [5, 70],
    [6, 60],
    [7, 50],
    [8, 40],
    [9, 20],
    [10, 0],
    [12, 0],
  ])('of a traffic index of %d is %d', (value, score) => {
    expect(scoreOf(value, 'down', set([4, 6, 8], { best: 0, worst: 10 }))).toBeCloseTo(score, 9);
  });

  it.each([
    [100, 100],
    [99, 90],
    [98, 80],
    [96.5, 70],
    [95, 60],
    [90, 40],
    [87.5, 20],
    [80, 0],
  ])('of an online rate of %d %% is %d', (value, score) => {
    expect(scoreOf(value, 'up', set([98, 95, 90], { best: 100 }))).toBeCloseTo(score, 9);
  });

  it.each([
    [100, 100, 'normal'],
    [50, 80, 'normal'],
    [150, 80, 'normal'],
    [45, 60, 'yellow'],
    [165, 60, 'yellow'],
    [37.5, 40, 'orange'],
    [187.5, 40, 'orange'],
    [188, 39.467, 'red'],
    [225, 0, 'red'],
    [20, 0, 'red'],
  ])('of %d in the band 50~150 is %d, %s', (value, score, level) => {
    const found = scoreOf(value, 'band', set([50, 150]));
    expect(found).toBeCloseTo(score, 2);
    expect(levelOfScore(found)).toBe(level);
  });

  it('gives full marks to nothing wrong where the first bound is zero', () => {
    expect(scoreOf(0, 'down', set([0, 2, 5]))).toBe(100);
    expect(levelOfScore(scoreOf(1, 'down', set([0, 2, 5])))).toBe('yellow');
    expect(levelOfScore(scoreOf(2, 'down', set([0, 2, 5])))).toBe('yellow');
    expect(levelOfScore(scoreOf(3, 'down', set([0, 2, 5])))).toBe('orange');
    expect(levelOfScore(scoreOf(6, 'down', set([0, 2, 5])))).toBe('red');
  });

  it('says the level of the threshold code, for any code and value', () => {
    const code = fc
      .uniqueArray(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: 3, maxLength: 3 })
      .map((values) => values.toSorted((a, b) => a - b))
      .filter(([a = 0, b = 0, c = 0]) => b - a > 0.01 && c - b > 0.01);
    fc.assert(
      fc.property(code, fc.double({ min: -2000, max: 2000, noNaN: true }), (rising, value) => {
        const [a = 0, b = 0, c = 0] = rising;
        if (rising.some((bound) => Math.abs(bound - value) < 1e-3)) return;
        const expected = value <= a ? 'normal' : value <= b ? 'yellow' : value <= c ? 'orange' : 'red';
        const down = scoreOf(value, 'down', set(rising));
        expect(levelOfScore(down)).toBe(expected);
        const up = scoreOf(-value, 'up', set(rising.map((bound) => -bound)));
        expect(levelOfScore(up)).toBe(expected);
      }),
    );
  });

  it('never grows when the value worsens, and stays within 0 to 100', () => {
    const value = fc.double({ min: -50, max: 500, noNaN: true });
    fc.assert(
      fc.property(value, value, (x, y) => {
        const [better, worse] = [Math.min(x, y), Math.max(x, y)].map((v) =>
          scoreOf(v, 'down', set([50, 100, 150], { best: 0, worst: 300 })),
        ) as [number, number];
        expect(better).toBeGreaterThanOrEqual(worse);
        expect(worse).toBeGreaterThanOrEqual(0);
        expect(better).toBeLessThanOrEqual(100);
      }),
    );
  });

  it('has no score for no value', () => {
    expect(scoreOf(NaN, 'down', set([1, 2, 3]))).toBeNaN();
    expect(levelOfScore(NaN)).toBeNull();
  });

  it('extrapolates one step where no ends are set', () => {
    expect(anchorsOf('down', set([6, 10, 16]))).toEqual([2, 6, 10, 16, 22]);
    expect(anchorsOf('down', set([0, 2, 5]))).toEqual([0, 0, 2, 5, 8]);
    expect(anchorsOf('up', set([500, 200, 100]))).toEqual([800, 500, 200, 100, 0]);
  });
});

describe('threshold sets', () => {
  it.each([
    ['down', set([3, 2, 1]), /grow/],
    ['up', set([1, 2, 3]), /fall/],
    ['down', set([1, 1, 2]), /grow/],
    ['down', set([1, 2]), /three/],
    ['band', set([150, 50]), /band/],
    ['down', set([1, 2, 3], { best: 2 }), /best/],
    ['down', set([1, 2, 3], { worst: 3 }), /worst/],
    ['down', { ...set([1, 2, 3]), to: '2023-01-01' }, /before/],
  ] as const)('refuses %s %o', (direction, limits, why) => {
    expect(limitsFault(direction, limits)).toMatch(why);
  });

  it('are in force between their days, both included', () => {
    const sets = [
      { from: '2016-01-01', to: '2026-02-28', id: 1 },
      { from: '2026-03-01', to: null, id: 2 },
    ];
    expect(limitsInForce(sets, '2026-02-28')?.id).toBe(1);
    expect(limitsInForce(sets, '2026-03-01')?.id).toBe(2);
    expect(limitsInForce(sets, '2015-12-31')).toBeNull();
  });
});
