import { expect, test } from 'vitest';
import { parseAsciiGrid } from './ascii-grid.ts';

const HEAD = 'ncols 3\nnrows 2\nxllcorner 105\nyllcorner 32\ncellsize 0.5\nNODATA_value -9999\n';

test('rows run from north to south, samples lie in cell centres', () => {
  const dem = parseAsciiGrid(`${HEAD}10 20 30\n40 50 60\n`, 'a.asc');
  expect(dem.bounds).toEqual({ west: 105.25, south: 32.25, east: 106.25, north: 32.75 });
  expect(dem.heightAt(105.25, 32.75)).toBe(10);
  expect(dem.heightAt(106.25, 32.25)).toBe(60);
  expect(dem.heightAt(105.5, 32.5)).toBeCloseTo(30);
});

test('a hole takes the height beside it', () => {
  expect(parseAsciiGrid(`${HEAD}10 -9999 30\n40 50 60\n`, 'a.asc').heightAt(105.75, 32.75)).toBe(10);
});

test.each([
  ['ncols 3\nnrows 2\nxllcorner 105\nyllcorner 32\n1 2 3\n', /No cellsize.*a\.asc:5/],
  [`${HEAD}10 20 x\n`, /"x" is not a height → a\.asc:7/],
  [`${HEAD}10 20 30\n40 50\n`, /5 heights instead of 3 × 2 = 6/],
  [HEAD.replace('105', '500000'), /not degrees.*gdalwarp/],
])('a broken file says what is wrong', (text, message) => {
  expect(() => parseAsciiGrid(text, 'a.asc')).toThrow(message);
});
