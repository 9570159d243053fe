import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boxOf, overlap, spotsOf } from './limit-labels.ts';

const room = { width: 330, height: 140, textPx: 15 };

it('stands above its line where nothing is in the way', () =>
  expect(spotsOf([{ y: 60, text: '警戒 463.00' }], room)).toEqual([{ above: true, x: 0 }]));

it('puts the lower of two close limits below its line', () =>
  expect(
    spotsOf(
      [
        { y: 64, text: '警戒 463.00' },
        { y: 60, text: '保证 463.20' },
      ],
      room,
    ),
  ).toEqual([
    { above: false, x: 0 },
    { above: true, x: 0 },
  ]));

it('stays in the plot', () => {
  expect(spotsOf([{ y: 4, text: '警戒' }], room)).toEqual([{ above: false, x: 0 }]);
  expect(spotsOf([{ y: 138, text: '警戒' }], room)).toEqual([{ above: true, x: 0 }]);
});

const linesWithin = (min: number, max: number) =>
  fc.array(
    fc.record({
      y: fc.integer({ min, max }),
      text: fc.constantFrom('警戒 463.00', '保证 465.50', '汛限 588.00', 'Warning 463'),
    }),
    { minLength: 1, maxLength: 4 },
  );

it('gives each of four a place where words fit above and below their lines', () =>
  fc.assert(
    fc.property(linesWithin(21, room.height - 21), (lines) => {
      expect(spotsOf(lines, room)).not.toContain(null);
    }),
  ));

// At the very edge of the plot only one side is left, and three words are all that fit beside each other there.
it('leaves no more than the fourth without one at an edge', () =>
  expect(spotsOf(Array(4).fill({ y: 0, text: '警戒 463.00' }), room).map((spot) => spot !== null)).toEqual([
    true,
    true,
    true,
    false,
  ]));

it('never lets two words overlap', () =>
  fc.assert(
    fc.property(linesWithin(0, room.height), (lines) => {
      const spots = spotsOf(lines, room);
      const boxes = spots.flatMap((spot, i) => {
        const at = lines[i];
        return spot && at ? [boxOf(at, spot, room.textPx)] : [];
      });
      expect(boxes.length).toBeGreaterThanOrEqual(Math.min(3, lines.length));
      for (const [i, a] of boxes.entries())
        for (const b of boxes.slice(i + 1)) expect(overlap(a, b)).toBe(false);
    }),
  ));
