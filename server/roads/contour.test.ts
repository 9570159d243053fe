import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contour, signedArea } from './contour.ts';

const SIZE = 8;
/** A raster whose border is outside. */
const field = fc
  .array(fc.integer({ min: 0, max: 100 }), { minLength: SIZE * SIZE, maxLength: SIZE * SIZE })
  .map((all) =>
    Float32Array.from(all, (value, i) => {
      const [x, y] = [i % SIZE, Math.floor(i / SIZE)];
      return x === 0 || y === 0 || x === SIZE - 1 || y === SIZE - 1 ? 200 : value + 0.5;
    }),
  );

test('every corner of the raster lies on its side of the lines', () => {
  fc.assert(
    fc.property(field, (values) => {
      const rings = contour({ values, width: SIZE, height: SIZE }, 50);
      for (const ring of rings) expect(ring[0]).toEqual(ring.at(-1));
      for (let i = 0; i < values.length; i++) {
        const [px, py] = [i % SIZE, Math.floor(i / SIZE)];
        let inside = false;
        for (const ring of rings)
          for (let k = 1; k < ring.length; k++) {
            const [[ax, ay], [bx, by]] = [ring[k - 1]!, ring[k]!];
            if (ay > py + 1e-7 !== by > py + 1e-7 && px < ((bx - ax) * (py + 1e-7 - ay)) / (by - ay) + ax)
              inside = !inside;
          }
        expect(inside).toBe(values[i]! <= 50);
      }
    }),
    { numRuns: 60 },
  );
});

test('what is around runs anticlockwise, a hole clockwise', () => {
  const values = new Float32Array(49).fill(9);
  for (let y = 1; y < 6; y++) for (let x = 1; x < 6; x++) values[y * 7 + x] = x === 3 && y === 3 ? 9 : 1;
  const areas = contour({ values, width: 7, height: 7 }, 5)
    .map(signedArea)
    .sort((a, b) => a - b);
  expect(areas).toHaveLength(2);
  expect(areas[0]).toBeLessThan(0);
  expect(areas[1]).toBeGreaterThan(16);
});
