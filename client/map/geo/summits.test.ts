import { expect, it } from 'vitest';
import { summitsOf } from './summits.ts';

it('finds the tops of a relief, the most prominent first, and nothing on a plain or at the edge', () => {
  const [nx, ny] = [60, 40];
  const heights = new Float32Array(nx * ny).fill(400);
  const cone = (cx: number, cy: number, top: number): void => {
    for (let y = 0; y < ny; y++)
      for (let x = 0; x < nx; x++)
        heights[y * nx + x] = Math.max(heights[y * nx + x] ?? 0, top - Math.hypot(x - cx, y - cy) * 90);
  };
  cone(15, 20, 900);
  cone(40, 12, 1400);
  cone(1, 1, 1000);
  const grid = { bounds: [105, 32, 106, 33] as const, nx, ny, heights };
  const found = summitsOf(grid, 10);
  expect(found.map(({ heightM }) => heightM)).toEqual([1400, 900]);
  expect(found[0]?.lon).toBeCloseTo(105 + 40 / 59, 6);
  expect(found[0]?.lat).toBeCloseTo(33 - 12 / 39, 6);
  expect(summitsOf(grid, 1)).toHaveLength(1);
});
