import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LonLat } from '../../contracts/column.ts';
import { coverOf } from './cover.ts';
import { createHours } from './day-time.ts';
import type { CountedPlace } from './exposure.ts';
import { createExposureMeter } from './exposure.ts';
import type { Polygons } from './port.ts';
import { ResidentGrid } from './resident-grid.ts';

const square = (west: number, south: number, side: number): Polygons => [
  [
    [
      [west, south],
      [west + side, south],
      [west + side, south + side],
      [west, south + side],
      [west, south],
    ],
  ],
];

describe('cover of cells', () => {
  const cells = { west: 0, south: 0, stepLon: 1, stepLat: 1, nx: 10, ny: 10 };
  const coverOfSquare = (polygons: Polygons): Map<number, number> => {
    const found = new Map<number, number>();
    coverOf(cells, polygons, (cell, share) => found.set(cell, share));
    return found;
  };

  test('whole cells are covered wholly, halves by half', () => {
    const found = coverOfSquare(square(2, 2, 1.5));
    expect(found.get(22)).toBeCloseTo(1, 6);
    expect(found.get(23)).toBeCloseTo(0.5, 6);
    expect(found.get(33)).toBeCloseTo(0.25, 1);
    expect([...found.keys()].sort((a, b) => a - b)).toEqual([22, 23, 32, 33]);
  });

  test('a hole is outside', () => {
    const [[outer]] = square(1, 1, 3) as [[readonly LonLat[]]];
    const [[hole]] = square(2, 2, 1) as [[readonly LonLat[]]];
    expect(coverOfSquare([[outer, hole]]).get(22)).toBeUndefined();
  });

  test('what is thinner than a cell is not missed', () => {
    const sliver: Polygons = [
      [
        [
          [1, 5.5],
          [9, 5.5],
          [9, 5.52],
          [1, 5.52],
        ],
      ],
    ];
    const sum = [...coverOfSquare(sliver).values()].reduce((all, one) => all + one, 0);
    expect(sum).toBeCloseTo(8 * 0.02, 2);
  });

  test('the sum is the area, wherever it lies', () => {
    const corner = fc.double({ min: 0.5, max: 6, noNaN: true });
    fc.assert(
      fc.property(corner, corner, fc.double({ min: 0.05, max: 3, noNaN: true }), (west, south, side) => {
        const sum = [...coverOfSquare(square(west, south, side)).values()].reduce((all, one) => all + one, 0);
        expect(Math.abs(sum - side * side)).toBeLessThan(0.06 * Math.max(side, 0.2));
      }),
    );
  });

  test('outside the grid there is nothing', () => {
    expect(coverOfSquare(square(20, 20, 3)).size).toBe(0);
    expect([...coverOfSquare(square(-1, -1, 2)).keys()]).toEqual([0]);
  });
});

const calendar = {
  timeZone: 'Asia/Shanghai',
  workweek: [1, 2, 3, 4, 5],
  years: [{ holidays: [{ from: '2026-10-01', to: '2026-10-07' }], shiftedWorkdays: ['2026-10-10'] }],
  seasons: [{ id: 'school-break-summer', from: '07-08', to: '08-31' }],
};
const hourAt = createHours(calendar);
const at = (iso: string): number => Date.parse(`${iso}+08:00`);

test.each([
  ['2026-05-20T14:20:00', 'day', true, true],
  ['2026-05-20T19:00:00', 'evening', true, false],
  ['2026-05-20T22:00:00', 'night', true, false],
  ['2026-05-23T10:00:00', 'day', false, false],
  ['2026-10-05T10:00:00', 'day', false, false],
  ['2026-10-10T10:00:00', 'day', true, true],
  ['2026-07-20T10:00:00', 'day', true, false],
])('%s is %s, workday %s, school %s', (iso, dayPart, isWorkday, isSchoolTime) => {
  expect(hourAt(at(iso))).toMatchObject({ dayPart, isWorkday, isSchoolTime });
});

/** Two towns side by side, ten kilometres of nothing else. */
const towns = [
  { code: 'a', at: [105.02, 32.05] as LonLat, residents: 20_000, settled: 'core' as const },
  { code: 'b', at: [105.08, 32.05] as LonLat, residents: 8000, settled: 'town' as const },
];
const gridOf = (buildings: readonly { at: LonLat; residents: number }[] = []): ResidentGrid =>
  new ResidentGrid({
    bounds: [105, 32, 105.1, 32.1],
    towns,
    townAt: (lon) => (lon < 105.05 ? 'a' : 'b'),
    buildings,
  });
const places: CountedPlace[] = [
  { kind: 'school', name: '甲中学', at: [105.02, 32.05], holds: 1000 },
  { kind: 'workplace', name: '乙厂', at: [105.021, 32.05], holds: 200 },
  { kind: 'hospital', name: '丙医院', at: [105.08, 32.05], holds: 300 },
];
const meter = createExposureMeter({
  ...{ grid: gridOf(), places, hourAt, roads: null, sourceDay: '2020-11-01' },
});
const all = square(104.9, 31.9, 0.4);

test('everybody is somewhere, and sums of towns are kept', () => {
  expect(gridOf().residents).toBeCloseTo(28_000, -1);
  const { residents } = meter.measure([all], at('2026-05-20T14:20:00'));
  expect(Math.abs(residents - 28_000)).toBeLessThan(30);
});

test('buildings say where in a town people live, not how many they are', () => {
  const at: LonLat = [105.005, 32.005];
  const grid = gridOf([{ at, residents: 4000 }]);
  expect(grid.residents).toBeCloseTo(28_000, -1);
  expect(grid.core[grid.cellAt(at)]).toBeGreaterThan(4000);
  const many = gridOf([{ at, residents: 90_000 }]);
  expect(many.residents).toBeCloseTo(28_000, -1);
});

test.each([
  // 20,000 · core + 8,000 · town + pupils + workers
  ['2026-05-20T14:20:00', 20_000 * 1.25 + 8000 * 0.95 + 1000 + 200],
  ['2026-05-20T19:00:00', 20_000 * 1.1 + 8000 + 50 + 60],
  ['2026-05-20T23:00:00', 20_000 * 0.95 + 8000 * 1.05 + 50 + 60],
  ['2026-07-20T10:00:00', 20_000 * 1.25 + 8000 * 0.95 + 50 + 200],
])('people at %s', (iso, expected) => {
  const { people } = meter.measure([all], at(iso));
  expect(Math.abs(people.value - expected)).toBeLessThan(40);
  expect(people.low / people.value).toBeCloseTo(0.8, 2);
  expect(people.high / people.value).toBeCloseTo(1.2, 2);
});

test('overlapping areas count everybody once', () => {
  const noon = at('2026-05-20T14:20:00');
  const one = meter.measure([square(105, 32, 0.06)], noon);
  const twice = meter.measure([square(105, 32, 0.06), square(105, 32, 0.06)], noon);
  expect(twice.people).toEqual(one.people);
  expect(twice.schools).toEqual({ count: 1, holds: 1000, names: ['甲中学'] });
});

test('facilities are counted where they lie', () => {
  const found = meter.measure([square(105.06, 32.03, 0.04)], at('2026-05-20T14:20:00'));
  expect(found.hospitals).toEqual({ count: 1, holds: 300, names: ['丙医院'] });
  expect(found.schools.count).toBe(0);
  expect(found.areaKm2).toBeCloseTo(0.04 * 111.195 * 0.04 * 111.195 * Math.cos((32.05 * Math.PI) / 180), 1);
});

test('a tally adds what comes in and never forgets who was there', () => {
  const tally = meter.tally();
  const noon = at('2026-05-20T14:20:00');
  tally.add([square(105, 32, 0.06)], noon);
  const first = tally.people;
  tally.add([square(105, 32, 0.02)], noon + 60_000);
  expect(tally.people).toBe(first);
  tally.add([all], noon + 120_000);
  expect(Math.abs(tally.people - meter.measure([all], noon).people.value)).toBeLessThan(40);
});

test('nobody is in nothing', () => {
  const { people, residents, areaKm2 } = meter.measure([], at('2026-05-20T14:20:00'));
  expect({ people, residents, areaKm2 }).toEqual({
    people: { value: 0, low: 0, high: 0 },
    residents: 0,
    areaKm2: 0,
  });
});
