import { expect, test } from 'vitest';
import { barbOf, farthest } from './barb.ts';

test.each([
  [0.5, 0],
  [1, 1],
  [2, 1],
  [4, 1],
  [6, 2],
  [12, 3],
  [80, 6],
])('a wind of %s m/s has %s feathers', (windMs, feathers) => {
  expect(barbOf([105, 32], 20, windMs)).toHaveLength(1 + feathers);
});

test('the staff points to where the wind comes from', () => {
  const [staff] = barbOf([105, 32], 90, 2);
  const [from, to] = staff ?? [];
  expect((to?.[0] ?? 0) > (from?.[0] ?? 0)).toBe(true);
  expect(to?.[1]).toBeCloseTo(32, 9);
});

test('half a feather is half as long', () => {
  const length = (line: readonly (readonly [number, number])[] = []): number =>
    Math.hypot((line[1]?.[0] ?? 0) - (line[0]?.[0] ?? 0), (line[1]?.[1] ?? 0) - (line[0]?.[1] ?? 0));
  const [, full, half] = barbOf([105, 0], 0, 6);
  expect(length(full) / length(half)).toBeCloseTo(2, 5);
});

test('the farthest corner is found, and none of nothing', () => {
  expect(
    farthest(
      [
        [105, 32],
        [105.01, 32],
        [105, 32.02],
      ],
      [105, 32],
    ),
  ).toEqual([105, 32.02]);
  expect(farthest([], [105, 32])).toBeNull();
});
