import { describe, expect, it } from 'vitest';
import { createBackOff, randomOf } from './back-off.ts';

const waits = (periodMs: number, count: number): number[] => {
  const backOff = createBackOff(periodMs, () => 0.5);
  backOff.success();
  return Array.from({ length: count }, () => backOff.failure());
};

describe('createBackOff', () => {
  it.each([
    ['one second: to 60 periods', 1000, [1, 2, 4, 8, 16, 32, 60, 60]],
    ['a minute: from 10 s to 5 minutes', 60_000, [10, 20, 40, 80, 160, 300, 300, 300]],
    ['ten minutes: to one period', 600_000, [10, 20, 40, 80, 160, 320, 600, 600]],
  ])('of %s', (_, periodMs, seconds) => {
    expect(waits(periodMs, 8)).toEqual(seconds.map((value) => value * 1000));
  });

  it('asks again at once before the first success, whatever the period', () => {
    const backOff = createBackOff(600_000, () => 0.5);
    expect([1, 2, 3].map(() => backOff.failure())).toEqual([1000, 2000, 4000]);
  });

  it('opens at the fifth failure and closes at one success', () => {
    const backOff = createBackOff(1000, () => 0.5);
    const states = Array.from({ length: 6 }, () => (backOff.failure(), backOff.state));
    expect(states).toEqual(['closed', 'closed', 'closed', 'closed', 'open', 'open']);
    backOff.success();
    expect([backOff.state, backOff.failure()]).toEqual(['closed', 1000]);
  });

  it('jitters within a tenth to either side', () => {
    expect(createBackOff(1000, () => 0).failure()).toBe(900);
    expect(createBackOff(1000, () => 0.999999).failure()).toBeCloseTo(1100, 2);
  });
});

describe('randomOf', () => {
  it('repeats for a name and spreads', () => {
    const [one, same, other] = [randomOf('noise'), randomOf('noise'), randomOf('rain')];
    const numbers = Array.from({ length: 1000 }, one);
    expect(numbers).toEqual(Array.from({ length: 1000 }, same));
    expect(numbers[0]).not.toBe(other());
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(numbers.reduce((sum, value) => sum + value, 0) / 1000).toBeCloseTo(0.5, 1);
  });
});
