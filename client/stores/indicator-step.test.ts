import { expect, it } from 'vitest';
import { stepOf } from './indicator-step.ts';

it.each([
  ['m', 1.8, 0.01, [1, 0.5]],
  ['m', 9660, 1, [500, 200, 50]],
  ['', 35, 1, [50, 100, 150]],
  ['', 3.2, 0.1, [4, 6, 8]],
  ['%', 97, 0.1, [98, 95, 90]],
  ['个', 3, 1, []],
  ['个', 2.5, 0.1, []],
])('shows %s of %d in steps of %d', (unit, value, step, limits) =>
  expect(stepOf(unit, value, limits)).toBe(step),
);
