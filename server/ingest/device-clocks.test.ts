import { expect, test } from 'vitest';
import { DeviceClocks, StrangerClocks } from './device-clocks.ts';
import { maskName } from './mask.ts';
import { WorstClocks } from './worst-clocks.ts';

const START = Date.UTC(2026, 6, 15, 4);
const PERIOD = 15_000;
const tolerance = { behindMs: 60_000, keptMs: 3_600_000 };

/** Reports each period, each of `lags` once. */
function told(clocks: DeviceClocks, device: number, lags: readonly number[]): number {
  lags.forEach((lag, at) => clocks.note(device, lag, START + at * PERIOD));
  return START + lags.length * PERIOD;
}

const offOf = (lags: readonly number[], usualMs = 1000): number => {
  const clocks = new DeviceClocks(tolerance);
  const now = told(clocks, 7, lags);
  // What is usual is known from the report before.
  clocks.review(usualMs, now);
  clocks.note(7, lags.at(-1) ?? 0, now);
  return clocks.review(usualMs, now).get(7) ?? 0;
};

test.each([
  ['right', [900, 1100, 800, 1000, 950], 0],
  ['a minute ahead', [-60_000, -59_000, -61_000, -60_500, -60_200], 60_200],
  ['ahead by less than clocks differ', [-9000, -9500, -9900, -9000, -9100], 0],
  ['ahead once, by a fault of one record', [900, 1000, -3_600_000, 1000, 950], 0],
  [
    'ahead most of the time, with reports held back between',
    [-60_000, 5000, -60_000, -60_000, -60_000],
    60_000,
  ],
  ['ten minutes behind', [600_000, 601_000, 600_500, 602_000, 600_000], -599_500],
  ['behind by less than the tolerance', [55_000, 58_000, 60_500, 56_000, 57_000], 0],
  ['late now and then', [600_000, 1000, 600_000, 601_000, 600_000], 0],
  ['heard of twice', [-60_000], 0],
])('a clock that is %s', (_, lags, offMs) => {
  expect(offOf(lags)).toBe(offMs);
});

test('who is as far off as its whole feed is not named beside it', () => {
  expect(offOf([-60_000, -60_000, -60_000], -60_000)).toBe(0);
  expect(offOf([3_600_000, 3_600_000, 3_600_000], 3_590_000)).toBe(0);
  expect(offOf([1000, 1000, 1000], -60_000)).toBe(0);
});

test('what was held back on the way and comes with the rest is no wrong clock', () => {
  const clocks = new DeviceClocks(tolerance);
  for (let step = 0; step < 5; step += 1) {
    const now = START + step * 60_000;
    for (let ago = 50; ago >= 0; ago -= 1) clocks.note(0, ago * 60_000, now);
  }
  expect(clocks.review(0, START + 300_000).size).toBe(0);
});

test('old events are no wrong clock, events to come are', () => {
  const clocks = new DeviceClocks({ behindMs: null, keptMs: 3_600_000 });
  told(clocks, 0, [7_200_000, 7_200_000, 7_200_000]);
  const now = told(clocks, 1, [-30_000, -30_000, -30_000]);
  expect([...clocks.review(0, now)]).toEqual([[1, 30_000]]);
});

test('a clock that was set right is not named any more, nor one that fell silent long ago', () => {
  const clocks = new DeviceClocks(tolerance);
  let now = told(clocks, 0, [-60_000, -60_000, -60_000]);
  told(clocks, 1, [-60_000, -60_000, -60_000]);
  expect(clocks.review(0, now).size).toBe(2);
  for (let at = 0; at < 3; at += 1) clocks.note(0, 500, (now += PERIOD));
  expect([...clocks.review(0, now).keys()]).toEqual([1]);
  expect(clocks.review(0, now + 3_600_000).size).toBe(0);
});

test('a number that is given to another device begins anew, and many devices keep their own', () => {
  const clocks = new DeviceClocks(tolerance);
  const now = told(clocks, 5, [-60_000, -60_000, -60_000]);
  clocks.forget(5);
  clocks.forget(9_999_999);
  clocks.note(5, -60_000, now);
  expect(clocks.review(0, now).size).toBe(0);
  for (let device = 0; device < 1000; device += 1) told(clocks, device, [device, device, device]);
  told(clocks, 1500, [-20_000, -20_000, -20_000]);
  expect([...clocks.review(0, now)]).toEqual([[1500, 20_000]]);
});

test('a clock of ours that is set back breaks nothing', () => {
  const clocks = new DeviceClocks(tolerance);
  told(clocks, 0, [500, 500, 500]);
  clocks.note(0, 500, START - 3_600_000);
  expect(clocks.review(0, START - 3_600_000).size).toBe(0);
});

test('strangers are known by name, and no flood of names fills the memory', () => {
  const strangers = new StrangerClocks(tolerance);
  for (let at = 0; at < 3; at += 1) strangers.note('meter-7', -7_200_000, START + at * PERIOD);
  expect([...strangers.review(0, START + 60_000)]).toEqual([['meter-7', 7_200_000]]);
  for (let at = 0; at < 3000; at += 1) strangers.note(`flood-${at}`, -7_200_000, START + 60_000);
  expect([...strangers.review(0, START + 60_000)]).toEqual([]);
});

test('people see the worst first, silenced ones last and not counted', () => {
  const worst = new WorstClocks();
  for (let at = 0; at < 50; at += 1) {
    const offMs = (at % 2 === 0 ? 1 : -1) * 1000 * (at + 1);
    worst.add({ layer: 'l', key: `k${at}`, name: '', offMs, isSilent: at === 49 });
  }
  expect(worst.count).toBe(49);
  expect(worst.worst).toHaveLength(20);
  expect(worst.worst.slice(0, 2).map(({ key }) => key)).toEqual(['k48', 'k47']);
  worst.add({ layer: 'l', key: 'silent', name: '', offMs: 1e9, isSilent: true });
  expect(worst.worst.some(({ key }) => key === 'silent')).toBe(false);
});

test.each([
  ['013912345678', '****5678'],
  ['00000000013912345678', '****5678'],
  ['13912345678', '139****5678'],
  ['meter-17', 'meter-17'],
])('the name %s a device gives itself is shown as %s', (name, shown) => {
  expect(maskName(name)).toBe(shown);
});
