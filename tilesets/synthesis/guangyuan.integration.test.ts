// The default city at full resolution, with little land around it: what the facts say must be in the raster.
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { readCity } from '../city/read-city.ts';
import { demOfGrid, type Dem } from '../dem/grid.ts';
import type { Facts } from './pins.ts';
import { footOn } from './plane.ts';
import { readRelief } from './read-relief.ts';
import { eachNodeInside } from './rings.ts';
import { synthesise } from './synthesise.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const city = readCity(`${root}cities/guangyuan`);
const relief = readRelief(`${root}cities/guangyuan/relief.yaml`);
let dem: Dem;
let facts: Facts;

beforeAll(() => {
  const made = synthesise({
    city,
    relief: { ...relief, marginDeg: 0.05 },
    stepDeg: 180 / 2 ** 17,
    progress: () => undefined,
  });
  dem = demOfGrid(made.grid);
  facts = made.facts;
});

test.each(city.seats)('$id stands within 10 m of its elevation', (seat) => {
  expect(Math.abs(dem.heightAt(...seat.at) - seat.heightM)).toBeLessThanOrEqual(10);
});

test.each(city.peaks)('$id reaches its height within 15 m', (peak) => {
  expect(Math.abs(dem.heightAt(...peak.at) - peak.heightM)).toBeLessThanOrEqual(15);
});

test('every river only falls on its way down', () => {
  for (const river of facts.rivers) {
    let lowest = Infinity;
    for (let i = 0; i < river.x.length; i++) {
      const h = dem.heightAt(facts.plane.lon(river.x[i]!), facts.plane.lat(river.y[i]!));
      expect(h, `${river.id} at km ${river.along[i]!.toFixed(1)}`).toBeLessThanOrEqual(lowest + 0.5);
      lowest = Math.min(lowest, h);
      expect(river.level[i]!).toBeLessThanOrEqual((river.level[i - 1] ?? Infinity) + 1e-6);
    }
  }
});

test.each(city.gauges)('the river at $id is within 10 m of its normal level', (gauge) => {
  const [x, y] = [facts.plane.x(gauge.at[0]), facts.plane.y(gauge.at[1])];
  const best = facts.rivers
    .filter((river) => gauge.river === null || river.id === gauge.river)
    .map((river) => {
      const line = new Float64Array(river.x.length * 2);
      river.x.forEach((px, i) => line.set([px, river.y[i]!], 2 * i));
      const foot = footOn(line, x, y);
      const i = river.along.findIndex((a) => a >= foot.along - 1e-9);
      return { distance: foot.distance, level: river.level[i]! };
    })
    .sort((a, b) => a.distance - b.distance)[0]!;
  expect(Math.abs(best.level - gauge.heightM)).toBeLessThanOrEqual(10);
});

test('pools are flat behind the dam', () => {
  const river = facts.rivers.find((candidate) => candidate.id === 'bailong')!;
  const dam = river.level.findIndex((level) => level <= 583.01);
  expect(dam).toBeGreaterThan(0);
  const flat = river.level.filter((level) => Math.abs(level - 583) < 1);
  expect(flat.length * 0.1).toBeGreaterThan(10);
});

test('the wall of the tilted beds faces north-west: steeper there than on the south-east', () => {
  const [lon, lat] = [105.62, 32.243];
  const steepest = (sign: number): number => {
    let most = 0;
    for (let k = 0; k < 20; k++) {
      const [a, b] = [k * 0.0009, (k + 1) * 0.0009].map((d) =>
        dem.heightAt(lon + sign * d * 0.5, lat - sign * d),
      );
      most = Math.max(most, a! - b!);
    }
    return most;
  };
  expect(steepest(-1)).toBeGreaterThan(steepest(1));
});

test('hardly anything in the city is higher than its highest peak', () => {
  let highest = 0;
  eachNodeInside(city.rings, dem.grid, (i) => (highest = Math.max(highest, dem.grid.z[i]!)));
  expect(highest).toBeLessThan(3837 * 1.02);
  expect(highest).toBeGreaterThan(3800);
});
