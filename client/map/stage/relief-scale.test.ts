import { expect, it } from 'vitest';
import { raisedAt } from './relief-scale.ts';

it('raises the relief from afar, leaves it as it is close by, and eases between', () => {
  expect(raisedAt(200_000, false)).toBeCloseTo(1.7);
  expect(raisedAt(7000, false)).toBeCloseTo(1, 3);
  let last = raisedAt(7000, false);
  for (let heightM = 7100; heightM < 15_000; heightM += 100) {
    const now = raisedAt(heightM, false);
    expect(now).toBeGreaterThanOrEqual(last);
    expect(now - last).toBeLessThan(0.03);
    last = now;
  }
});

it('has none on the flat map', () => expect(raisedAt(200_000, true)).toBeCloseTo(0, 3));
