import fc from 'fast-check';
import { expect, it } from 'vitest';
import { declutter, type Box } from './declutter.ts';

const box = fc.record({
  rank: fc.integer({ min: 0, max: 9 }),
  left: fc.integer({ min: -50, max: 900 }),
  top: fc.integer({ min: -50, max: 600 }),
  width: fc.integer({ min: 1, max: 180 }),
  height: fc.integer({ min: 1, max: 40 }),
});

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.left + b.width &&
  b.left < a.left + a.width &&
  a.top < b.top + b.height &&
  b.top < a.top + a.height;

it('keeps no two that overlap, and drops none that would fit', () => {
  fc.assert(
    fc.property(fc.array(box, { maxLength: 60 }), (raw) => {
      const boxes = raw.map((one, index) => ({ ...one, id: String(index) }));
      const kept = declutter(boxes, 1000);
      const stays = boxes.filter(({ id }) => kept.has(id));
      for (const a of stays) for (const b of stays) expect(a === b || !overlap(a, b)).toBe(true);
      for (const gone of boxes.filter(({ id }) => !kept.has(id))) {
        expect(stays.some((other) => other.rank <= gone.rank && overlap(gone, other))).toBe(true);
      }
    }),
  );
});

it('keeps at most so many, the most important ones', () => {
  const boxes = [3, 1, 2].map((rank) => ({
    id: `r${rank}`,
    rank,
    left: rank * 100,
    top: 0,
    width: 10,
    height: 10,
  }));
  expect([...declutter(boxes, 2)]).toEqual(['r1', 'r2']);
});
