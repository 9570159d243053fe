import { expect, test } from 'vitest';
import { dayOf, legsOf, parseTrack, placeAt, speedBetween, speedClass, track, trackRuns } from './track.ts';

const MINUTE = 60_000;
const point = (minute: number, north: number, speedKmh: number | null = null) => ({
  at: minute * MINUTE,
  place: [105.8, 32 + north] as const,
  speedKmh,
});

test('an answer is taken over; what is no point or stop is left out', () => {
  const body = { points: [[1, 105, 32, 40], [2, 105], 'x'], stops: [{ from: 1, to: 2, lon: 105, lat: 32 }, {}], metres: 7 }; // prettier-ignore
  expect(parseTrack(body)).toEqual({
    points: [{ at: 1, place: [105, 32], speedKmh: 40 }],
    stops: [{ from: 1, to: 2, place: [105, 32] }],
    metres: 7,
  });
  expect(() => parseTrack({})).toThrow('no points');
});

test('the day of a moment begins at midnight of the city', () => {
  const at = Date.parse('2026-07-16T01:02:03+08:00');
  const [from, to] = dayOf(at, 'Asia/Shanghai');
  expect([from, to].map((one) => new Date(one).toISOString())).toEqual([
    '2026-07-15T16:00:00.000Z',
    '2026-07-16T16:00:00.000Z',
  ]);
});

test('stops and the ways between them follow each other', () => {
  const points = [point(0, 0), point(5, 0.01), point(10, 0.02), point(20, 0.02), point(25, 0.03)];
  const stops = [{ from: 10 * MINUTE, to: 20 * MINUTE, place: [105.8, 32.02] as const }];
  const legs = legsOf({ points, stops });
  expect(legs.map(({ kind, from, to }) => [kind, from / MINUTE, to / MINUTE])).toEqual([
    ['way', 0, 10],
    ['stop', 10, 20],
    ['way', 20, 25],
  ]);
  expect(Math.round((legs[0]?.metres ?? 0) / 100)).toBe(22);
});

test.each([
  [-1, null],
  [0, 32],
  [2.5, 32.005],
  [5, 32.01],
  [6, null],
])('at minute %d it was at %s', (minute, lat) => {
  const place = placeAt([point(0, 0), point(5, 0.01)], minute * MINUTE);
  expect(place && Number(place[1].toFixed(6))).toBe(lat);
});

test('speed is as reported, else as the way and the time say', () => {
  expect(speedBetween(point(0, 0), point(1, 0.01, 33))).toBe(33);
  expect(Math.round(speedBetween(point(0, 0), point(1, 0.01)))).toBe(67);
  expect([0, 19, 20, 79, 80, 300].map(speedClass)).toEqual([0, 0, 1, 2, 3, 3]);
});

test('runs end where the speed class changes, and where nobody knows the way', () => {
  const points = [point(0, 0), point(1, 0.001, 10), point(2, 0.01, 60), point(3, 0.02, 60), point(30, 0.2, 60), point(31, 0.21, 60)]; // prettier-ignore
  track.value = { layer: 'x', key: 'y', from: 0, to: 1, points, stops: [], metres: 0 };
  expect(trackRuns.value.map(({ speed, points: run }) => [speed, run.length])).toEqual([
    [0, 2],
    [2, 3],
    [2, 2],
  ]);
  track.value = null;
});
