import { expect, test } from 'vitest';
import { conversionFrom, convertGeometry, representativePoint } from './coordinates.ts';

test('GCJ-02 lies about 430 m from WGS-84 here and comes back within a metre', () => {
  const convert = conversionFrom('GCJ-02');
  // The published offset of this region: GCJ-02 − WGS-84 ≈ (+0.0037°, −0.0023°).
  const [lon, lat] = convert?.([105.8224 + 0.0037, 32.4346 - 0.0023]) ?? [0, 0];
  expect(lon).toBeCloseTo(105.8224, 3);
  expect(lat).toBeCloseTo(32.4346, 3);
});

test('BD-09 is a further shift of GCJ-02', () => {
  const [lon, lat] = conversionFrom('BD-09')?.([105.8326, 32.4383]) ?? [0, 0];
  expect(Math.abs(lon - 105.8326)).toBeGreaterThan(0.005);
  expect(Math.abs(lat - 32.4383)).toBeGreaterThan(0.002);
});

test('CGCS2000 and WGS-84 stay as they are', () => {
  expect(conversionFrom('CGCS2000')).toBeNull();
  expect(conversionFrom('WGS-84')).toBeNull();
});

test('shapes convert position by position and have a representative point', () => {
  const square = {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [2, 0],
        [2, 4],
        [0, 4],
        [0, 0],
      ],
    ],
  } as const;
  const moved = convertGeometry(square, ([lon, lat]) => [lon + 1, lat]);
  expect(moved).toEqual({
    type: 'Polygon',
    coordinates: [
      [
        [1, 0],
        [3, 0],
        [3, 4],
        [1, 4],
        [1, 0],
      ],
    ],
  });
  expect(representativePoint(moved)).toEqual([2, 2]);
  expect(representativePoint({ type: 'TilesetFeature', tileset: 'roads', id: '1' })).toBeNull();
});
