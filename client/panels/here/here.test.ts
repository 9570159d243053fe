import { expect, it } from 'vitest';
import { parseCity } from '../../stores/city.ts';
import { coordinatesOf, hereOf } from './here.ts';

const square = (west: number): number[][][][] => [
  [
    [
      [west, 32],
      [west + 1, 32],
      [west + 1, 33],
      [west, 33],
      [west, 32],
    ],
  ],
];
const city = parseCity({
  id: 'test',
  title: { zh: '测试市', en: 'Test' },
  bounds: [105, 32, 107, 33],
  counties: [
    { code: '1', kind: 'county', name: { zh: '甲县', en: 'A' }, polygons: square(105) },
    { code: '2', kind: 'county', name: { zh: '乙县', en: 'B' }, polygons: square(106) },
  ],
  towns: [
    { code: '11', countyCode: '1', name: '近镇', en: 'Near', lon: 105.5, lat: 32.5 },
    { code: '21', countyCode: '2', name: '邻镇', en: 'Next', lon: 106.01, lat: 32.5 },
  ],
});

it('says the county, and the nearest town of that county only', () => {
  const here = hereOf(city, [105.99, 32.5]);
  expect(here.county?.zh).toBe('甲县');
  expect(here.town?.town.name.zh).toBe('近镇');
  expect(here.town?.metres).toBeGreaterThan(40_000);
});

it('says that a place is outside', () =>
  expect(hereOf(city, [110, 32.5])).toEqual({ county: null, town: null, outside: true }));

it('writes both kinds of coordinates', () => {
  const { wgs84, gcj02 } = coordinatesOf([105.82, 32.43]);
  expect(wgs84).toBe('105.820000, 32.430000');
  const [lon = 0, lat = 0] = gcj02.split(', ').map(Number);
  // The offset of GCJ-02 here is a few hundred metres to the east and south.
  expect(lon - 105.82).toBeGreaterThan(0.001);
  expect(lon - 105.82).toBeLessThan(0.006);
  expect(Math.abs(lat - 32.43)).toBeGreaterThan(0.0005);
});
