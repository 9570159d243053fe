import { gzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { toGrid } from './fetch-heights.ts';
import { HeightField } from './height-field.ts';

const head = { west: 105, north: 32.2, stepLon: 0.1, stepLat: 0.1, nx: 3, ny: 3 };
const samples = new Int16Array([100, 200, 300, 400, 500, 600, 700, 800, -20]);

it('reads the raster packed or not, and places it', () => {
  const raw = new Uint8Array(samples.buffer);
  for (const stored of [raw, gzipSync(raw)]) {
    const field = new HeightField(toGrid(head, stored));
    expect(field.at(105, 32.2)).toBe(100);
    expect(field.at(105.1, 32.1)).toBeCloseTo(500, 3);
    expect(field.at(105.05, 32.15)).toBeCloseTo(300, 3);
    expect(field.at(109, 30)).toBe(-20);
  }
});

it('refuses a raster of another size', () => {
  expect(() => toGrid(head, new Uint8Array(4))).toThrow(/3 × 3/);
});
