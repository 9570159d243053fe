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

it('never lets two words overlap, and gives each of four a place', () => {
  const line = fc.record({
    y: fc.integer({ min: 0, max: room.height }),
    text: fc.constantFrom('警戒 463.00', '保证 465.50', '汛限 588.00', 'Warning 463'),
  });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (lines) => {
      const spots = spotsOf(lines, room);
      expect(spots).not.toContain(null);
      const boxes = spots.flatMap((spot, i) => {
        const at = lines[i];
        return spot && at ? [boxOf(at, spot, room.textPx)] : [];
      });
      for (const [i, a] of boxes.entries())
        for (const b of boxes.slice(i + 1)) expect(overlap(a, b)).toBe(false);
    }),
  );
});
