import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeMarks, type Rectangle, type Wish } from './place-marks.ts';

const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.left + b.width &&
  b.left < a.left + a.width &&
  a.top < b.top + b.height &&
  b.top < a.top + a.height;

const room = { width: 800, height: 600, taken: [], most: 60 };
const wish = (over: Partial<Wish> = {}): Wish => ({
  at: { x: 400, y: 300 },
  width: 80,
  height: 20,
  rank: 1,
  clearPx: 8,
  stand: 'beside',
  must: false,
  ...over,
});

it('places no two marks over each other, and none out of the picture', () => {
  const place = fc.record({
    x: fc.integer({ min: -20, max: 820 }),
    y: fc.integer({ min: -20, max: 620 }),
    rank: fc.integer({ min: 0, max: 9 }),
    width: fc.integer({ min: 10, max: 160 }),
  });
  fc.assert(
    fc.property(fc.array(place, { maxLength: 50 }), (list) => {
      const wishes = list.map(({ x, y, rank, width }) => wish({ at: { x, y }, rank, width }));
      const boxes = placeMarks(wishes, room).map(({ wish: { width, height }, left, top }) => ({
        left,
        top,
        width,
        height,
      }));
      boxes.forEach((box, i) => {
        expect(
          box.left >= 0 && box.top >= 0 && box.left + box.width <= 800 && box.top + box.height <= 600,
        ).toBe(true);
        for (const other of boxes.slice(i + 1)) expect(overlap(box, other)).toBe(false);
      });
    }),
    { numRuns: 60 },
  );
});

it('goes round what is there already', () => {
  const taken = [{ left: 405, top: 290, width: 100, height: 20 }];
  const [placed] = placeMarks([wish()], { ...room, taken });
  expect(placed && placed.left + 80).toBeLessThanOrEqual(400);
});

it('keeps the more important where there is room for one', () => {
  const here = { left: 0, top: 0, height: 600 };
  const taken = [
    { ...here, width: 390 },
    { ...here, left: 500, width: 300 },
  ];
  const kept = placeMarks([wish({ rank: 5 }), wish({ rank: 2 })], { ...room, taken, most: 1 });
  expect(kept.map((one) => one.wish.rank)).toEqual([2]);
});

it('never leaves out what must be shown', () => {
  const taken = [{ left: 0, top: 0, width: 800, height: 600 }];
  expect(placeMarks([wish(), wish({ must: true, rank: 9 })], { ...room, taken, most: 0 })).toHaveLength(1);
});
