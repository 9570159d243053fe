import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brokenAt, extentOf, sampleAt, type ChartModel, type Point } from './model.ts';
import { tickText, timeTicks, zoneOffsetMs } from './time-ticks.ts';

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(text);

test.each([
  ['2026-11-24T00:00:00Z', 'Asia/Shanghai', 8 * HOUR],
  ['2026-07-01T00:00:00Z', 'Europe/Berlin', 2 * HOUR],
  ['2026-12-01T00:00:00Z', 'Europe/Berlin', HOUR],
  ['2026-12-01T00:00:00Z', 'Asia/Kathmandu', 5.75 * HOUR],
])('the clock of %s in %s is ahead by %d ms', (moment, zone, expected) => {
  expect(zoneOffsetMs(at(moment), zone)).toBe(expected);
});

test('a day is labelled at whole hours of the city clock, midnight by its date', () => {
  const options = { most: 6, timeZone: 'Asia/Shanghai' };
  const ticks = timeTicks(at('2026-11-23T10:20:00Z'), at('2026-11-24T10:20:00Z'), options);
  expect(ticks.map((tick) => tickText(tick, 'Asia/Shanghai'))).toEqual(['11-24', '06:00', '12:00', '18:00']);
});

test('ticks are few, in order and inside the range, whatever it is', () => {
  const range = fc.tuple(
    fc.integer({ min: 1.7e12, max: 1.9e12 }),
    fc.integer({ min: 60_000, max: 30 * 24 * HOUR }),
  );
  fc.assert(
    fc.property(range, fc.integer({ min: 2, max: 12 }), ([from, span], most) => {
      const ticks = timeTicks(from, from + span, { most, timeZone: 'Asia/Shanghai' });
      expect(ticks.length).toBeLessThanOrEqual(most + 1);
      for (const [index, tick] of ticks.entries()) {
        expect(tick).toBeGreaterThanOrEqual(from);
        expect(tick).toBeLessThanOrEqual(from + span);
        if (index > 0) expect(tick).toBeGreaterThan(ticks[index - 1] ?? 0);
      }
    }),
  );
});

const points: readonly Point[] = [
  { at: 100, value: 1 },
  { at: 200, value: 2 },
  { at: 300, value: null },
  { at: 400, value: 4 },
];

test.each([
  [50, 1000, null],
  [100, 1000, 1],
  [199, 1000, 1],
  [250, 1000, 2],
  [250, 20, null],
  [350, 1000, null],
  [9000, 1000, null],
  [401, 1000, 4],
])('at %d within %d the value is %s', (moment, reach, expected) => {
  expect(sampleAt(points, moment, reach)?.value ?? null).toBe(expected);
});

test('a gap breaks the line', () => {
  const whole = [
    { at: 0, value: 1 },
    { at: 100, value: 2 },
  ];
  expect(brokenAt(whole, [[10, 90]]).map(({ value }) => value)).toEqual([1, null, 2]);
  expect(brokenAt(whole, [])).toBe(whole);
});

const model = (
  values: readonly number[],
  limits: readonly number[],
  shape: ChartModel['shape'] = 'line',
): ChartModel => ({
  title: 't',
  unit: 'm',
  step: 0.01,
  shape,
  from: 0,
  to: 100,
  lines: [
    { key: 'a', name: 'a', kind: 'observed', points: values.map((value, index) => ({ at: index, value })) },
  ],
  limits: limits.map((value) => ({ value, word: 'limit', severity: null, side: 'above' })),
  gaps: [],
});

test('a limit near the values belongs to the picture, one far away does not', () => {
  const near = extentOf(model([10, 12], [14]));
  const far = extentOf(model([10, 12], [400]));
  expect(near?.[1]).toBeGreaterThan(14);
  expect(far?.[1]).toBeLessThan(20);
});

test('columns stand on zero, and no value has no extent', () => {
  expect(extentOf(model([3, 5], [], 'column'))?.[0]).toBe(0);
  expect(extentOf(model([], []))).toBeNull();
});
