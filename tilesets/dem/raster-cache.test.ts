import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRaster, rounded, writeRaster } from './raster-cache.ts';

test('a raster comes back as it was, from a deep basin to the highest mountain, for the same facts only', () => {
  const folder = mkdtempSync(join(tmpdir(), 'raster-'));
  const file = join(folder, 'heights.bin');
  const z = Float32Array.from([-154, 0, 487, 4390.3, 5588, 8848]);
  const grid = { west: 105, north: 33, stepLon: 0.1, stepLat: 0.1, nx: 3, ny: 2, z };
  writeRaster(file, grid, 'facts');
  const back = readRaster(file, 'facts');
  expect(back).toEqual(rounded(grid));
  back!.z.forEach((h, i) => expect(Math.abs(h - z[i]!)).toBeLessThan(0.08));
  expect(readRaster(file, 'other facts')).toBeUndefined();
  rmSync(folder, { recursive: true });
});
