import { describe, expect, it } from 'vitest';
import { loadCity } from '../../../cities/load.ts';
import { limitsInForce } from '../score.ts';
import { countCounties } from './counties.ts';
import { airIndexOf, iaqiOf } from './iaqi.ts';
import { itemHeat, topicHeat } from './opinion-heat.ts';
import { isExpressway, isTrunk } from './roads.ts';
import { itemClass, waterClassOf } from './water-class.ts';

const { air, water } = loadCity('testville').thresholds;
const rulesOn = (day: string) => {
  const rules = limitsInForce(air, day);
  if (!rules) throw new Error(`no air rules on ${day}`);
  return rules;
};

describe('air quality index', () => {
  const COLUMNS = ['pm25Day', 'pm10Day', 'so2Day', 'no2Day', 'coDay', 'o3EightHour'] as const;
  it.each([
    [[58, 96, 9, 31, 0.9, 121], [79, 73, 9, 39, 23, 68], 79, ['pm25Day'], []],
    [[128, 182, 12, 52, 1.4, 40], [169, 116, 12, 65, 35, 20], 169, ['pm25Day'], ['pm25Day', 'pm10Day']],
    [[18, 34, 6, 22, 0.6, 178], [26, 34, 6, 28, 15, 117], 117, ['o3EightHour'], ['o3EightHour']],
  ])('of %j is that of HJ 633-2012', (concentrations, iaqis, aqi, primary, exceeding) => {
    const rules = rulesOn('2025-07-16');
    const named = Object.fromEntries(COLUMNS.map((column, i) => [column, concentrations[i] ?? NaN]));
    const single = COLUMNS.map((column) =>
      iaqiOf(named[column] ?? NaN, rules.iaqi, rules.breakpoints[column] ?? []),
    );
    expect(single).toEqual(iaqis);
    expect(airIndexOf(named, rules)).toEqual({ aqi, primary, exceeding });
  });

  it('follows the rules in force on the day', () => {
    expect(airIndexOf({ pm25Day: 60 }, rulesOn('2026-02-28')).aqi).toBe(82);
    expect(airIndexOf({ pm25Day: 60 }, rulesOn('2026-03-01')).aqi).toBe(100);
    expect(rulesOn('2026-02-28').approximate).toBe(false);
    expect(rulesOn('2026-03-01').approximate).toBe(true);
  });

  it('is exact at the breakpoints, does not compute what the notes exclude, ends at 500', () => {
    const { iaqi, breakpoints } = rulesOn('2025-07-16');
    for (const [column, points] of Object.entries(breakpoints)) {
      for (const [i, point] of points.entries()) {
        if (point !== null) expect(iaqiOf(point, iaqi, points), column).toBe(iaqi[i]);
      }
    }
    expect(iaqiOf(801, iaqi, breakpoints['so2Hour'] ?? [])).toBeNaN();
    expect(iaqiOf(801, iaqi, breakpoints['o3EightHour'] ?? [])).toBeNaN();
    expect(iaqiOf(9000, iaqi, breakpoints['pm25Day'] ?? [])).toBe(500);
    expect(iaqiOf(NaN, iaqi, breakpoints['pm25Day'] ?? [])).toBeNaN();
  });

  it('names ties, and no primary pollutant up to 50', () => {
    const rules = rulesOn('2025-07-16');
    expect(airIndexOf({ pm25Day: 75, pm10Day: 150 }, rules).primary).toEqual(['pm25Day', 'pm10Day']);
    expect(airIndexOf({ pm25Day: 35 }, rules)).toEqual({ aqi: 50, primary: [], exceeding: [] });
    expect(airIndexOf({ pm25Day: NaN }, rules).aqi).toBeNaN();
  });
});

describe('surface water class', () => {
  const items = limitsInForce(water, '2026-07-16')?.items ?? {};
  it.each([
    ['w21003', 0.15, 1],
    ['w21003', 0.151, 2],
    ['w21003', 1.0, 3],
    ['w21003', 1.5, 4],
    ['w21003', 2.0, 5],
    ['w21003', 2.01, 6],
    ['w01009', 7.5, 1],
    ['w01009', 5.99, 3],
    ['w01009', 2, 5],
    ['w01009', 1.99, 6],
    ['w21011', 0.2, 3],
    ['w01019', 6.1, 4],
    ['w01001', 6, 1],
    ['w01001', 9.01, 6],
  ])('of %s %d is %d', (code, value, expected) => {
    expect(itemClass(value, items[code] ?? {})).toBe(expected);
  });

  it('is that of the worst item, which is named', () => {
    expect(waterClassOf({ w01001: 7.8, w01009: 6.5, w21003: 1.2, w01019: 8 }, items)).toEqual({
      worst: 4,
      by: ['w21003', 'w01019'],
    });
  });

  it('says nothing without a measured item; total nitrogen classes no river', () => {
    expect(waterClassOf({ w01009: NaN }, items)).toBeNull();
    expect(waterClassOf({ w21001: 9 }, items)).toBeNull();
  });
});

it.each([
  [[{ n: 3, weight: 1, reads: 500, interactions: 5, ageH: 1 }], 4.3, 18.1],
  [
    [
      { n: 10, weight: 1, reads: 20_000, interactions: 300, ageH: 2 },
      { n: 3, weight: 2, reads: 100_000, interactions: 1200, ageH: 1 },
    ],
    88.56,
    48.8,
  ],
  [
    [
      { n: 40, weight: 2, reads: 300_000, interactions: 5000, ageH: 1 },
      { n: 5, weight: 3, reads: 2_000_000, interactions: 30_000, ageH: 0.5 },
    ],
    878.02,
    73.6,
  ],
])('heat of %j', (mix, sum, heat) => {
  const found = mix.reduce((total, { n, ...item }) => total + n * itemHeat(item), 0);
  expect(found).toBeCloseTo(sum, 1);
  expect(topicHeat(found)).toBe(heat);
});

it('tells roads by their numbers', () => {
  expect(['G5', 'G75', 'G5012', 'S2', 'G108', 'S205', '滨河路', null].map(isExpressway)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(['G5', 'G108', 'S205', '滨河路', null].map(isTrunk)).toEqual([true, true, true, false, false]);
});

it('expects one report of each county, none of an overlay', () => {
  const city = loadCity('guangyuan');
  expect(countCounties(city, null)).toBe(7);
  expect([countCounties(city, '510802'), countCounties(city, '510871')]).toEqual([1, 0]);
});
