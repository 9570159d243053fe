import pointInPolygon from 'point-in-polygon-hao';
import { expect, test } from 'vitest';
import type { Regions } from './port.ts';
import { RegionGrid } from './region-grid.ts';

const ring = (...points: [number, number][]): [number, number][] => [...points, points[0] ?? [0, 0]];

/** Two counties that share a slanted border; the first has a hole. */
const regions: Regions = {
  bounds: [100, 30, 101, 31],
  cityCode: '510000',
  counties: [
    {
      code: '510001',
      polygons: [
        [
          ring([100.1, 30.1], [100.5, 30.1], [100.53, 30.9], [100.1, 30.9]),
          ring([100.2, 30.2], [100.3, 30.2], [100.3, 30.3]),
        ],
      ],
    },
    { code: '510002', polygons: [[ring([100.5, 30.1], [100.9, 30.1], [100.9, 30.9], [100.53, 30.9])]] },
  ],
  towns: [
    { code: '510001001', county: '510001', lon: 100.2, lat: 30.5 },
    { code: '510001002', county: '510001', lon: 100.4, lat: 30.5 },
  ],
};

function exact(lon: number, lat: number): string {
  const county = regions.counties.find(({ polygons }) =>
    polygons.some((polygon) => pointInPolygon([lon, lat], polygon as [number, number][][]) !== false),
  );
  return county?.code ?? '';
}

test('the grid agrees with exact geometry everywhere, borders and holes included', () => {
  const grid = new RegionGrid(regions);
  for (let at = 0; at < 40_000; at += 1) {
    // A low-discrepancy walk over the box and a little beyond.
    const lon = 99.95 + ((at * 0.618_033_988_7) % 1) * 1.1;
    const lat = 29.95 + ((at * 0.754_877_666_2) % 1) * 1.1;
    expect(grid.regionAt(lon, lat).slice(0, 6), `${lon},${lat}`).toBe(exact(lon, lat));
  }
});

test('close to a border and around its corners every place is where exact geometry says', () => {
  const grid = new RegionGrid(regions);
  const corners = regions.counties.flatMap(({ polygons }) => polygons.flat(2));
  for (const [lon0, lat0] of corners) {
    for (let at = 0; at < 2000; at += 1) {
      const lon = lon0 + (((at * 0.618_033_988_7) % 1) - 0.5) * 0.012;
      const lat = lat0 + (((at * 0.754_877_666_2) % 1) - 0.5) * 0.012;
      expect(grid.regionAt(lon, lat).slice(0, 6), `${lon},${lat}`).toBe(exact(lon, lat));
    }
  }
  for (let at = 0; at < 20_000; at += 1) {
    const lat = 30.1 + 0.8 * (at / 20_000);
    const lon = 100.5 + (0.03 * (lat - 30.1)) / 0.8 + (((at * 0.618_033_988_7) % 1) - 0.5) * 0.002;
    expect(grid.regionAt(lon, lat).slice(0, 6), `${lon},${lat}`).toBe(exact(lon, lat));
  }
});

test('the nearest town inside the county, the county where none is listed', () => {
  const grid = new RegionGrid(regions);
  expect(grid.regionAt(100.15, 30.5)).toBe('510001001');
  // 0.01° west of the border: the town of the own county, although no town of the other is nearer anyway.
  expect(grid.regionAt(100.5, 30.5)).toBe('510001002');
  expect(grid.regionAt(100.7, 30.5)).toBe('510002');
  expect(grid.regionAt(99, 30.5)).toBe('');
});

test('of one cell a place is in the same town, whichever was asked for first', () => {
  const north = [100.3024, 30.4999] as const;
  const south = [100.3001, 30.4951] as const;
  const towns = [
    { code: '510001001', county: '510001', lon: 100.3, lat: 30.6 },
    { code: '510001002', county: '510001', lon: 100.3, lat: 30.3951 },
  ];
  const [one, other] = [new RegionGrid({ ...regions, towns }), new RegionGrid({ ...regions, towns })];
  const first = [one.regionAt(...north), one.regionAt(...south)];
  const second = [other.regionAt(...south), other.regionAt(...north)];
  expect([...first, ...second]).toEqual(Array.from({ length: 4 }, () => first[0]));
});
