import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LonLat } from '../../../contracts/column.ts';
import type { PlumeSource, PlumeWind } from '../../../contracts/records/plume.ts';
import { stabilityClasses } from '../../../contracts/records/plume.ts';
import type { Release } from './gaussian.ts';
import { concentration, FARTHEST_M, halfWidthAt, reachOf } from './gaussian.ts';
import { gases, toMgM3 } from './gases.ts';
import { assessPlume } from './model.ts';
import { placeAt } from './outline.ts';
import { solarElevation, stabilityOf } from './stability.ts';

const release = (over: Partial<Release>): Release => ({
  ...{ rateKgS: 1, heightM: 2, windMs: 2, stability: 'D', terrain: 'rural' },
  ...over,
});

test.each([
  ['D', 2, [928.3, 178.7, 54.9, 18.1, 6.5]],
  ['F', 1.5, [6642, 1468, 442.9, 144.2, 53.7]],
  ['B', 2, [208.2, 33.9, 8.7, 2.3, 0.6]],
] as const)('centre line in class %s at %s m/s, mg/m³ of 1 kg/s', (stability, windMs, expected) => {
  const one = release({ stability, windMs });
  for (const [i, x] of [200, 500, 1000, 2000, 4000].entries())
    expect(Math.abs(concentration(one, x) - (expected[i] as number))).toBeLessThan(
      Math.max(0.06, 0.002 * (expected[i] as number)),
    );
});

const thresholds = Object.fromEntries(
  Object.entries(gases).map(([id, { aeglPpm, molarMass }]) => [
    id,
    aeglPpm.map((ppm) => (ppm === null ? NaN : toMgM3(ppm, molarMass))),
  ]),
);

test('ppm become mg/m³ by the molar mass', () => {
  expect(thresholds['ammonia']?.[1]).toBeCloseTo(111.4, 1);
  expect(thresholds['chlorine']?.[1]).toBeCloseTo(5.8, 1);
});

test.each([
  ['ammonia', 0.5, 2, { D2: 442, F15: 1516, urban: 184 }],
  ['ammonia', 0.5, 3, { D2: 153, F15: 488, urban: 68 }],
  ['chlorine', 0.1, 2, { D2: 967, F15: 3776, urban: 372 }],
] as const)('%s at %s kg/s reaches AEGL-%s', (gas, rateKgS, level, { D2, F15, urban }) => {
  const mgM3 = thresholds[gas]?.[level - 1] as number;
  // The table gives whole metres, the first beyond the reach or the next.
  const isAt = (one: Release, metres: number): void =>
    expect(Math.abs(reachOf(one, mgM3) - metres)).toBeLessThan(1.2);
  isAt(release({ rateKgS }), D2);
  isAt(release({ rateKgS, stability: 'F', windMs: 1.5 }), F15);
  isAt(release({ rateKgS, terrain: 'urban' }), urban);
});

test('on the outline the concentration is that of the threshold', () => {
  const some = fc.record({
    rateKgS: fc.double({ min: 0.05, max: 20, noNaN: true }),
    windMs: fc.double({ min: 0.5, max: 12, noNaN: true }),
    heightM: fc.double({ min: 0, max: 30, noNaN: true }),
    stability: fc.constantFrom(...stabilityClasses),
    terrain: fc.constantFrom('rural', 'urban'),
  });
  fc.assert(
    fc.property(some, fc.double({ min: 1, max: 500, noNaN: true }), (given, mgM3) => {
      const one: Release = given;
      const reach = reachOf(one, mgM3);
      if (reach < 2 || reach >= FARTHEST_M) return;
      expect(concentration(one, reach + 0.2)).toBeLessThan(mgM3 * 1.001);
      const half = halfWidthAt(one, mgM3, reach * 0.7);
      if (half > 0) expect(concentration(one, reach * 0.7, half)).toBeCloseTo(mgM3, 3);
    }),
  );
});

test.each([
  [1.5, 65, 2, 'A'],
  [2, 50, 3, 'B'],
  [4, 65, 0, 'B'],
  [4, 40, 0, 'C'],
  [7, 65, 0, 'C'],
  [7, 20, 0, 'D'],
  [1.5, -10, 1, 'F'],
  [2.5, -10, 5, 'E'],
  [4, -10, 1, 'E'],
  [4, 65, 8, 'D'],
  [2, 68, null, 'D'],
  [2, -5, null, 'F'],
] as const)('wind %s m/s, sun at %s°, cloud %s/8: class %s', (wind, sunDeg, cloudOctas, expected) => {
  expect(stabilityOf(wind, { sunDeg, cloudOctas, isRaining: false })).toBe(expected);
});

test('rain is overcast, by night as well', () => {
  expect(stabilityOf(1, { sunDeg: -30, cloudOctas: 0, isRaining: true })).toBe('D');
});

test('the sun stands where almanacs have it', () => {
  // At the equator on an equinox at noon: overhead.
  expect(solarElevation([0, 0], Date.UTC(2026, 2, 20, 12, 7))).toBeGreaterThan(89);
  // Noon of the solstice on the tropic, and midnight on the other side of the year.
  expect(solarElevation([0, 23.44], Date.UTC(2026, 5, 21, 12, 2))).toBeGreaterThan(89);
  expect(solarElevation([105.8, 32.4], Date.UTC(2026, 4, 20, 16))).toBeLessThan(-30);
});

const at: LonLat = [105, 32];
const source: PlumeSource = {
  ...{ gas: 'ammonia', at, rateKgS: 0.5, isRateAssumed: true, heightM: 2, terrain: 'rural', isLarge: true },
};
const wind = (over: Partial<PlumeWind>): PlumeWind => ({
  ...{ speedMs: 2, fromDeg: 20, station: 'A', stationM: 900, measuredAt: 0, isRaining: false },
  ...over,
});
const DAY = Date.UTC(2026, 4, 20, 6, 20);

/** Bearing from the source, degrees, and distance, m. */
function seen([lon, lat]: LonLat): { readonly deg: number; readonly m: number } {
  const [east, north] = [
    (lon - at[0]) * 111_195 * Math.cos((at[1] * Math.PI) / 180),
    (lat - at[1]) * 111_195,
  ];
  return { deg: ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360, m: Math.hypot(east, north) };
}

test('the plume lies downwind, its levels inside one another', () => {
  const { levels, towardDeg, stability, firstZone } = assessPlume(source, wind({}), DAY);
  expect({ towardDeg, stability }).toEqual({ towardDeg: 200, stability: 'D' });
  const [one, two, three] = levels;
  expect(two?.reachM).toBeCloseTo(441, 0);
  expect((three?.reachM ?? 0) < (two?.reachM ?? 0) && (two?.reachM ?? 0) < (one?.reachM ?? 0)).toBe(true);
  const tip = (two?.ring ?? []).map(seen).sort((a, b) => b.m - a.m)[0];
  expect(tip?.deg).toBeCloseTo(200, 0);
  expect(tip?.m).toBeCloseTo(two?.reachM ?? 0, 0);
  expect({ ...firstZone, ring: null }).toEqual({
    isolationM: 150,
    protectiveM: 900,
    basis: 'large',
    ring: null,
  });
});

test('in a light wind it may turn by 30° to each side', () => {
  const { levels, swingDeg } = assessPlume(source, wind({ speedMs: 1.5, fromDeg: 0 }), DAY);
  expect(swingDeg).toBe(30);
  const far = (levels[1]?.ring ?? []).map(seen).filter(({ m }) => m > (levels[1]?.reachM ?? 0) * 0.99);
  const degs = far.map(({ deg }) => deg);
  expect(Math.min(...degs)).toBeCloseTo(150, 0);
  expect(Math.max(...degs)).toBeCloseTo(210, 0);
});

test('the first zone is a circle and downwind a square as wide as it is long', () => {
  const { firstZone } = assessPlume(source, wind({ fromDeg: 180 }), DAY);
  const ring = (firstZone?.ring ?? []).map(seen);
  const east = ring.map(({ deg, m }) => m * Math.sin((deg * Math.PI) / 180));
  const north = ring.map(({ deg, m }) => m * Math.cos((deg * Math.PI) / 180));
  expect([Math.min(...east), Math.max(...east)].map(Math.round)).toEqual([-450, 450]);
  expect([Math.min(...north), Math.max(...north)].map(Math.round)).toEqual([-150, 900]);
});

test('by night the guidebook keeps people farther away, and the air is still', () => {
  const night = assessPlume(source, wind({ speedMs: 1.5 }), DAY + 10 * 3_600_000);
  expect(night.firstZone?.protectiveM).toBe(2000);
  expect(night.stability).toBe('F');
  expect(night.levels[1]?.reachM).toBeCloseTo(1515, 0);
});

test('a gas without a first level has two; an unknown gas is named', () => {
  expect(
    assessPlume({ ...source, gas: 'carbon-monoxide' }, wind({}), DAY).levels.map(({ level }) => level),
  ).toEqual([2, 3]);
  expect(() => assessPlume({ ...source, gas: 'argon' }, wind({}), DAY)).toThrow(/argon.*ammonia/);
});

test('places are laid out by compass', () => {
  expect(seen(placeAt(at, [1000, 0], 90)).deg).toBeCloseTo(90, 1);
  expect(seen(placeAt(at, [0, 1000], 0)).deg).toBeCloseTo(90, 1);
  expect(seen(placeAt(at, [1000, 0], 245)).m).toBeCloseTo(1000, 0);
});
