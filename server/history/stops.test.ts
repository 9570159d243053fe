import { expect, test } from 'vitest';
import { metresBetween, stopsOf } from './stops.ts';

const MINUTE = 60_000;
/** 100 m of latitude. */
const STEP = 100 / 111_200;

/** One place a minute, in steps of 100 m north. */
const way = (...steps: number[]): { at: number; lon: number; lat: number }[] =>
  steps.map((step, at) => ({ at: at * MINUTE, lon: 105.8, lat: 32 + step * STEP }));

test.each([
  ['driving', way(0, 1, 2, 3, 4, 5), []],
  ['standing in between', way(0, 1, 1, 1, 1, 2, 3), [[1, 4]]],
  ['standing at the end', way(0, 1, 2, 2, 2, 2), [[2, 5]]],
  ['standing all the time, with the noise of a receiver', way(0, 0.2, -0.2, 0.1, 0), [[0, 4]]],
  ['a traffic light', way(0, 1, 1, 2, 3), []],
  ['creeping is no stop', way(0, 0.4, 0.8, 1.2, 1.6, 2, 2.4), []],
  ['one report', way(0), []],
  ['none', [], []],
])('%s', (_name, points, wanted) => {
  expect(stopsOf(points).map(({ from, to }) => [from / MINUTE, to / MINUTE])).toEqual(wanted);
});

test('distances are those of the ground', () => {
  expect(metresBetween({ lon: 105.8, lat: 32.4 }, { lon: 105.81, lat: 32.4 })).toBeCloseTo(939, 0);
});
