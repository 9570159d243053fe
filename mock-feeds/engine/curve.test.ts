import { expect, it } from 'vitest';
import { readCurve, valueAt } from './curve.ts';
import { HOUR } from './local-time.ts';

const curve = readCurve(
  'flow',
  [
    [1, 100],
    [3, 200],
    [3, 500],
    [4, 400],
  ],
  1000,
);

it.each([
  [0, 100],
  [1, 100],
  [2, 150],
  [2.999, 199.95],
  [3, 500],
  [3.5, 450],
  [4, 400],
  [99, 400],
])('after %d h it is %d: straight lines, steps, and what stands at its ends', (hours, value) => {
  expect(valueAt(curve, 1000 + hours * HOUR)).toBeCloseTo(value, 6);
});

it.each([[undefined], [[]], [[1, 2]], [[[1, 'x']]]])(
  '%j is no curve, and the error says what is',
  (given) => {
    expect(() => readCurve('flow', given, 0)).toThrow(/flow: .*\[\[hours after the inject, value\]/);
  },
);
