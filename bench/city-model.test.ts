import { expect, it } from 'vitest';
import { CityModel, countyCodes } from './city-model.ts';

const METRES_PER_DEGREE = 111_200;

function after(steps: number, seed: number, count = 500): CityModel {
  const model = new CityModel(count, seed);
  for (let step = 0; step < steps; step += 1) model.step();
  return model;
}

it('is the same for the same seed and another one for another', () => {
  const [one, same, other] = [after(5, 7), after(5, 7), after(5, 8)];
  expect(same.lon).toEqual(one.lon);
  expect(same.reported.slice(0, same.reportedCount)).toEqual(one.reported.slice(0, one.reportedCount));
  expect(other.lon).not.toEqual(one.lon);
});

it('begins with a report of every object, then those that move report', () => {
  expect(new CityModel(500, 1).reportedCount).toBe(500);
  const { reportedCount } = after(30, 1, 5000);
  expect(reportedCount / 5000).toBeGreaterThan(0.7);
  expect(reportedCount / 5000).toBeLessThan(0.85);
});

it('stays on the ground: reported speed is travelled, within the noise', () => {
  const model = after(1, 3);
  const before = model.lat.slice();
  const beforeLon = model.lon.slice();
  const moving = model.reported.slice(0, model.reportedCount);
  model.step();
  const metres = Array.from(moving, (object) => {
    const north = ((model.lat[object] as number) - (before[object] as number)) * METRES_PER_DEGREE;
    const east = ((model.lon[object] as number) - (beforeLon[object] as number)) * METRES_PER_DEGREE * 0.844;
    return Math.hypot(north, east) - (model.speedKmh[object] as number) / 3.6;
  });
  const mean = metres.reduce((sum, metre) => sum + metre, 0) / metres.length;
  expect(Math.abs(mean)).toBeLessThan(1);
  expect(Math.max(...metres.map(Math.abs))).toBeLessThan(40);
});

it('goes as far in turns of many seconds as second by second', () => {
  const [every, count] = [60, 600];
  const travelled = (model: CityModel, steps: () => void): number => {
    const [lat, lon] = [model.lat.slice(), model.lon.slice()];
    steps();
    const metres = Array.from(lat, (before, object) => {
      const north = ((model.lat[object] as number) - before) * METRES_PER_DEGREE;
      const east = ((model.lon[object] as number) - (lon[object] as number)) * METRES_PER_DEGREE * 0.844;
      return Math.hypot(north, east);
    });
    return metres.reduce((sum, metre) => sum + metre, 0) / count;
  };
  const [slow, quick] = [after(1, 5, count), after(1, 5, count)];
  let reports = 0;
  const inTurns = travelled(quick, () => {
    for (let turn = 0; turn < every; turn += 1) {
      quick.stepTurn(turn, every);
      reports += quick.reportedCount;
    }
  });
  const bySeconds = travelled(slow, () => {
    for (let second = 0; second < every; second += 1) slow.step();
  });
  expect(inTurns / bySeconds).toBeGreaterThan(0.8);
  expect(inTurns / bySeconds).toBeLessThan(1.4);
  expect(reports / count).toBeGreaterThan(0.7);
});

it('says values a layer accepts and a county for each object', () => {
  const model = after(20, 5);
  for (let object = 0; object < model.count; object += 1) {
    expect(model.headingDeg[object]).toBeGreaterThanOrEqual(0);
    expect(model.headingDeg[object]).toBeLessThan(360);
    expect(model.speedKmh[object]).toBeGreaterThanOrEqual(0);
    expect(countyCodes[model.county[object] as number]).toMatch(/^\d{6}$/);
  }
  expect(new Set(model.county).size).toBe(countyCodes.length);
});
