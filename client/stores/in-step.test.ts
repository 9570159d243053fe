import { expect, test } from 'vitest';
import { isSameView } from './in-step.ts';

const view = { at: [105.8, 32.4] as const, rangeM: 10_000, headingDeg: 359.99, pitchDeg: -50 };

test.each([
  ['itself', {}, true],
  ['north from the other side', { headingDeg: 0.01 }, true],
  ['some metres aside', { at: [105.80005, 32.4] as const }, true],
  ['a street aside', { at: [105.801, 32.4] as const }, false],
  ['from farther away', { rangeM: 10_100 }, false],
  ['turned', { headingDeg: 90 }, false],
  ['tilted', { pitchDeg: -60 }, false],
])('%s', (_, other, same) => expect(isSameView(view, { ...view, ...other })).toBe(same));

test('no view is like no view only', () => {
  expect([isSameView(null, null), isSameView(view, null), isSameView(null, view)]).toEqual([
    true,
    false,
    false,
  ]);
});
