import { expect, test } from 'vitest';
import { ringFault } from './ring.ts';

const box = [105, 32, 107, 33] as const;
const a = [105.1, 32.1] as const;
const b = [105.2, 32.1] as const;
const c = [105.2, 32.2] as const;
const d = [105.1, 32.2] as const;

test('a square is an area, whichever way it is drawn', () => {
  expect([ringFault([a, b, c, d], box), ringFault([d, c, b, a], box), ringFault([a, b, c], box)]).toEqual([
    null,
    null,
    null,
  ]);
});

test.each([
  ['a bow tie', [a, c, b, d], /edge from corner 1 crosses that from corner 3|edge from corner 2 crosses/],
  ['a corner far away', [a, b, [10, 10]], /corner 3 \(10, 10\) lies outside the city: longitude 105 to 107/],
  ['a corner twice', [a, b, b, c], /corner 2 is there twice/],
  ['a ring that says its first corner again', [a, b, c, a], /corner 4 is there twice/],
  ['a line', [a, [105.15, 32.1], b], /on one line/],
] as const)('%s is none', (_, ring, message) => {
  expect(ringFault(ring, box)).toMatch(message);
});
