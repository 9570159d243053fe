import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hatchLines } from './hatch.ts';

const square = [
  [105, 32],
  [106, 32],
  [106, 33],
  [105, 33],
  [105, 32],
] as const;

test('every line of a hatch lies inside the area and rises to the north-east', () => {
  const lines = hatchLines([square], 0.05);
  expect(lines.length).toBeGreaterThan(20);
  for (const [from, to] of lines) {
    for (const [lon, lat] of [from, to]) {
      expect(lon).toBeGreaterThanOrEqual(105 - 1e-9);
      expect(lon).toBeLessThanOrEqual(106 + 1e-9);
      expect(lat).toBeGreaterThanOrEqual(32 - 1e-9);
      expect(lat).toBeLessThanOrEqual(33 + 1e-9);
    }
    expect(to[0]).toBeGreaterThanOrEqual(from[0]);
    expect(to[1]).toBeGreaterThanOrEqual(from[1]);
  }
});

test('a hole stays empty', () => {
  const hole = [
    [105.4, 32.4],
    [105.6, 32.4],
    [105.6, 32.6],
    [105.4, 32.6],
    [105.4, 32.4],
  ] as const;
  for (const [from, to] of hatchLines([square, hole], 0.01)) {
    const lon = (from[0] + to[0]) / 2;
    const lat = (from[1] + to[1]) / 2;
    const inHole = lon > 105.401 && lon < 105.599 && lat > 32.401 && lat < 32.599;
    expect(inHole).toBe(false);
  }
});

test('the pitch is kept, and made coarser where it would give too many lines', () => {
  const wide = hatchLines([square], 0.1).length;
  expect(hatchLines([square], 0.05).length / wide).toBeCloseTo(2, 0);
  expect(hatchLines([square], 1e-9, 50).length).toBeLessThanOrEqual(52);
});

test('no area, no hatch', () => {
  expect(hatchLines([], 0.1)).toEqual([]);
  expect(hatchLines([[[105, 32]]], 0.1)).toEqual([]);
  expect(hatchLines([square], 0)).toEqual([]);
});

test('any ring gives whole lines only', () => {
  const ring = fc.array(
    fc.tuple(fc.double({ min: 104, max: 107, noNaN: true }), fc.double({ min: 31, max: 33, noNaN: true })),
    {
      minLength: 3,
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(ring, (points) => {
      for (const line of hatchLines([points], 0.05)) {
        expect(line.flat().every((value) => Number.isFinite(value))).toBe(true);
      }
    }),
  );
});
