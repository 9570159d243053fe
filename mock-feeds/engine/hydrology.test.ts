import { beforeAll, expect, test } from 'vitest';
import { loadCity, type City } from '../city/city.ts';
import { createHydrology, levelOfFlow, normalFlow, STEP_MS } from './hydrology.ts';
import { createLocalTime } from './local-time.ts';
import { createRiverNetwork, flowOrder } from './river-network.ts';
import { createWeather, type Weather } from './weather.ts';

const START = Date.parse('2026-12-10T08:00:00+08:00');
let city: City;
let weather: Weather;

beforeAll(() => {
  city = loadCity(new URL('../../cities', import.meta.url).pathname, 'guangyuan');
  weather = createWeather({ seed: 3, bbox: city.bbox, time: createLocalTime(city.timeZone, START) });
});

test('gauges come after everything upstream of them, tributaries included', () => {
  const gauges = createRiverNetwork(city);
  const order = flowOrder(gauges);
  const rank = new Map(order.map((gauge, i) => [gauge, i]));
  gauges.forEach((g, i) => {
    for (const u of g.upstream) expect(rank.get(u.gauge)).toBeLessThan(rank.get(i) ?? -1);
  });
  const above = (name: string): string[] =>
    (gauges.find((g) => g.name === name)?.upstream ?? []).map((u) => gauges[u.gauge]?.name ?? '');
  expect(above('千佛崖')).toContain('新店子');
  expect(above('上石盘坝下')).toContain('老鹰嘴');
  expect(above('昭化')).toEqual(expect.arrayContaining(['上石盘坝下', '三磊坝']));
});

test('the rating gives the normal level for normal flow and the warning level for warning flow', () => {
  for (const gauge of createRiverNetwork(city)) {
    expect(levelOfFlow(gauge, normalFlow(gauge))).toBeCloseTo(gauge.normalM, 6);
    expect(levelOfFlow(gauge, gauge.warningQ)).toBeCloseTo(gauge.warningM, 6);
  }
});

test('rain lifts a river, first upstream and hours later downstream, and the reservoir fills', () => {
  const hydrology = createHydrology(city, weather, START);
  const q = (name: string): number => hydrology.readings().find((r) => r.gauge.name === name)?.q ?? 0;
  const before = { up: q('朝天'), down: q('昭化') };
  const peakAt = { up: 0, down: 0 };
  const peak = { ...before };
  weather.inject({ rainMmH: 60, centre: [105.9, 32.75], radiusKm: 12, from: START, forS: 7_200 });
  for (let step = 1; step <= 36 * 12; step++) {
    hydrology.step(START + step * STEP_MS);
    if (q('朝天') > peak.up) [peak.up, peakAt.up] = [q('朝天'), step];
    if (q('昭化') > peak.down) [peak.down, peakAt.down] = [q('昭化'), step];
  }
  expect(peak.up).toBeGreaterThan(before.up * 1.5);
  expect(peak.down).toBeGreaterThan(before.down * 1.1);
  const lagH = ((peakAt.down - peakAt.up) * STEP_MS) / 3_600_000;
  expect(lagH).toBeGreaterThan(2);
  expect(lagH).toBeLessThan(12);
});

test('storage follows inflow minus outflow', () => {
  const hydrology = createHydrology(city, weather, START + 40 * 3_600_000);
  const r = hydrology.reservoirs[0];
  if (r === undefined) throw new Error('the city has reservoirs');
  const before = r.w;
  hydrology.step(START + 40 * 3_600_000 + STEP_MS);
  expect(r.w - before).toBeCloseTo(((r.inflow - r.outflow) * 300) / 1e6, 9);
});
