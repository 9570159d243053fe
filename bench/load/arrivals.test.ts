import { expect, it } from 'vitest';
import { Arrivals } from './arrivals.ts';

it('waits for every screen and says how long each took', async () => {
  const arrivals = new Arrivals(3);
  const whole = arrivals.whole(7, 60_000);
  for (const [screen, at] of [110, 130, 120].entries()) arrivals.note(screen, 7, at);
  await whole;
  expect(arrivals.report(7, 100)).toEqual({ latencies: Float64Array.from([10, 30, 20]), missing: 0 });
});

it('counts what is missing and what came twice', async () => {
  const arrivals = new Arrivals(3);
  arrivals.note(1, 7, 105);
  arrivals.note(1, 7, 106);
  await arrivals.whole(7, 1);
  expect(arrivals.report(7, 100)).toEqual({ latencies: Float64Array.from([5]), missing: 2 });
  expect(arrivals.duplicates).toBe(1);
  expect(arrivals.report(8, 100).missing).toBe(3);
});
