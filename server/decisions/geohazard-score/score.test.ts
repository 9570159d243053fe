import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LevelScores } from '../../../contracts/records/geohazard.ts';
import { caine, effectiveRain, levelOf, scoreOf, thresholdOf, wenchuanHigh } from './score.ts';

/** As most cities have them. */
const FROM: LevelScores = { blue: 0.7, yellow: 0.85, orange: 1, red: 1.3 };

test.each([
  [0.5, 19.4],
  [1, 14.8],
  [3, 9.7],
  [6, 7.4],
  [12, 5.6],
  [24, 4.3],
  [48, 3.3],
])('Caine 1980 at %s h is %s mm/h', (hours, mmH) => {
  expect(caine(hours)).toBeCloseTo(mmH, 1);
});

test.each([
  [3, 11.3],
  [6, 7.6],
  [12, 5.1],
  [24, 3.4],
  [48, 2.3],
])('the highest line of the Wenchuan area at %s h is %s mm/h', (hours, mmH) => {
  // The table of the source rounds to one decimal, 48 h a little low.
  expect(Math.abs(wenchuanHigh(hours) - mmH)).toBeLessThan(0.08);
});

test('the lower line holds where slopes were loosened, a higher one elsewhere', () => {
  expect(thresholdOf(3, 'quake-loosened')).toBe(caine(3));
  expect(thresholdOf(24, 'quake-loosened')).toBe(wenchuanHigh(24));
  expect(thresholdOf(24, 'elsewhere')).toBeCloseTo(caine(24) * 1.15, 9);
});

test.each([
  [30, 65, 1.04, 0.84, 'blue'],
  [42, 77, 1.45, 1.13, 'orange'],
  [62, 97, 2.14, 1.61, 'red'],
] as const)('3 h %s mm with Re %s mm: r %s, score %s, %s', (mm, effectiveMm, ratio, score, level) => {
  const found = scoreOf({ sums: [{ hours: 3, mm }], effectiveMm }, 'quake-loosened');
  expect(found.ratio).toBeCloseTo(ratio, 1);
  expect(Math.round(found.score * 100) / 100).toBe(score);
  expect(found.durationH).toBe(3);
  expect(levelOf(found.score, 2, FROM)).toBe(level);
});

test('the worst duration counts, and none outside 3 to 48 h', () => {
  const sums = [
    { hours: 1, mm: 80 },
    { hours: 3, mm: 30 },
    { hours: 24, mm: 160 },
    { hours: 72, mm: 900 },
  ];
  expect(scoreOf({ sums, effectiveMm: 0 }, 'quake-loosened').durationH).toBe(24);
});

test('effective rain fades by a sixth a day', () => {
  expect(effectiveRain([30, 0, 0])).toBe(30);
  expect(effectiveRain([0, 100])).toBe(84);
  expect(effectiveRain([12, 20, 10])).toBeCloseTo(12 + 16.8 + 7.056, 9);
});

test('unknown days before: the rain of the longest duration stands for them', () => {
  const found = scoreOf(
    {
      sums: [
        { hours: 3, mm: 30 },
        { hours: 24, mm: 42 },
      ],
      effectiveMm: null,
    },
    'elsewhere',
  );
  expect(found.effectiveMm).toBe(42);
});

test.each([
  [0.69, 4, null],
  [0.7, 1, null],
  [0.7, 2, 'blue'],
  [0.85, 1, 'blue'],
  [0.85, 3, 'yellow'],
  [0.99, 4, 'orange'],
  [1.0, 4, 'red'],
  [1.3, 1, 'orange'],
  [1.3, 4, 'red'],
] as const)('score %s on slopes of class %s is %s', (score, susceptibility, level) => {
  expect(levelOf(score, susceptibility, FROM)).toBe(level);
});

test('more rain is never less danger', () => {
  const mm = fc.double({ min: 0, max: 300, noNaN: true });
  fc.assert(
    fc.property(mm, mm, mm, (rain, more, effectiveMm) => {
      const of = (sum: number): number =>
        scoreOf({ sums: [{ hours: 3, mm: sum }], effectiveMm }, 'elsewhere').score;
      expect(of(rain + more)).toBeGreaterThanOrEqual(of(rain));
    }),
  );
});
