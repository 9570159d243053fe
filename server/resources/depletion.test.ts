import { expect, test } from 'vitest';
import { Depletion } from './depletion.ts';

const NOW = Date.UTC(2026, 6, 16, 12);
const MIN = 60_000;

function after(amounts: readonly number[], everyMin = 5) {
  const depletion = new Depletion();
  amounts.forEach((amount, i) => depletion.saw(3, NOW - (amounts.length - 1 - i) * everyMin * MIN, amount));
  return depletion.outlook(3, NOW);
}

test('says the rate and when nothing is left', () => {
  const outlook = after([1000, 900, 800, 700, 600]);
  expect(outlook).toMatchObject({ reports: 5, since: NOW - 20 * MIN });
  expect(outlook?.perHour).toBeCloseTo(-1200, 6);
  expect(outlook?.emptyAt).toBeCloseTo(NOW + 30 * MIN, -3);
});

test.each<[string, number[], number?]>([
  ['too few reports', [1000, 900, 800]],
  ['too short a time', [1000, 900, 800, 700], 1],
  ['reports of long ago', [1000, 900, 800, 700], 60],
])('says nothing after %s', (_, amounts, everyMin = 5) => {
  expect(after(amounts, everyMin)).toBeNull();
});

test('what stands still or comes back is never empty', () => {
  expect(after([500, 500, 500, 500])).toMatchObject({ perHour: 0, emptyAt: null });
  expect(after([100, 200, 300, 400])?.emptyAt).toBeNull();
  // Four a day out of four hundred: longer than anybody waits for.
  expect(after([400, 400, 400, 399.9])?.emptyAt).toBeNull();
});

test('a report that is told again moves nothing', () => {
  const depletion = new Depletion();
  for (const at of [0, 5, 10, 15, 15, 15]) depletion.saw(0, NOW + at * MIN, 30 - at);
  expect(depletion.outlook(0, NOW + 15 * MIN)?.reports).toBe(4);
  depletion.forget(0);
  expect(depletion.outlook(0, NOW + 15 * MIN)).toBeNull();
});
