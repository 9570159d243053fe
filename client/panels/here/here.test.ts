import { expect, it } from 'vitest';
import { parseCity } from '../../stores/city.ts';
import { coordinatesOf, hereOf } from './here.ts';
import { toTowns } from './land.ts';

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

const area = (code: string, zh: string, [west = 0, east = 0]: readonly number[]) => ({
  properties: { code, name: { zh, en: zh } },
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, 32],
        [east, 32],
        [east, 33],
        [west, 33],
        [west, 32],
      ],
    ],
  },
});
// The outline of the first ends within its county; that of the second reaches over the boundary.
const areas = toTowns([area('000001001', '近镇', [105, 105.6]), area('000002001', '邻镇', [105.9, 106.5])]);
const coded = {
  ...city,
  counties: city.counties.map((one) => ({ ...one, code: one.code.padStart(6, '0') })),
  towns: city.towns.map((one) => ({ ...one, countyCode: one.countyCode.padStart(6, '0') })),
};

it('says the county, and without outlines the nearest town of that county only', () => {
  const here = hereOf({ city, areas: [] }, [105.99, 32.5]);
  expect(here.county?.zh).toBe('甲县');
  expect(here.town?.name.zh).toBe('近镇');
  expect(here.town?.metres).toBeGreaterThan(40_000);
});

it('says the town whose outline holds the place, without a distance', () => {
  expect(hereOf({ city: coded, areas }, [105.59, 32.5]).town).toEqual({
    name: { zh: '近镇', en: '近镇' },
    metres: null,
  });
  expect(hereOf({ city: coded, areas }, [106.2, 32.5]).town?.name.zh).toBe('邻镇');
});

it('never says a town of another county, though its outline reaches over', () => {
  const here = hereOf({ city: coded, areas }, [105.95, 32.5]);
  expect(here.town?.name.zh).toBe('近镇');
  expect(here.town?.metres).toBeGreaterThan(30_000);
});

it('takes no outline without a name or a shape', () =>
  expect(
    toTowns([
      { properties: { code: '1' } },
      { ...area('1', '甲', [1, 2]), geometry: { type: 'Point', coordinates: [] } },
    ]),
  ).toEqual([]));

it('says that a place is outside', () =>
  expect(hereOf({ city, areas }, [110, 32.5])).toEqual({ county: null, town: null, outside: true }));

it('writes both kinds of coordinates', () => {
  const { wgs84, gcj02 } = coordinatesOf([105.82, 32.43]);
  expect(wgs84).toBe('105.820000, 32.430000');
  const [lon = 0, lat = 0] = gcj02.split(', ').map(Number);
  // The offset of GCJ-02 here is a few hundred metres to the east and south.
  expect(lon - 105.82).toBeGreaterThan(0.001);
  expect(lon - 105.82).toBeLessThan(0.006);
  expect(Math.abs(lat - 32.43)).toBeGreaterThan(0.0005);
});
