import { describe, expect, it } from 'vitest';
import { alternated, isStarved, median, percentile, watchUsage } from './measure.ts';

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it('is the nearest rank', () => {
    expect([0, 0.01, 0.5, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([1, 1, 50, 99, 100]);
    expect(percentile([7], 0.99)).toBe(7);
  });

  it('orders numbers as numbers and leaves the input alone', () => {
    const values = [10, 9, 100];
    expect(percentile(values, 1)).toBe(100);
    expect(values).toEqual([10, 9, 100]);
  });

  it('of nothing is NaN', () => {
    expect(percentile([], 0.5)).toBeNaN();
    expect(median([])).toBeNaN();
  });
});

it('takes the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

it('alternates who goes first', () => {
  expect(alternated(['ours', 'rival'], 3)).toEqual(['ours', 'rival', 'rival', 'ours', 'ours', 'rival']);
});

it('counts the CPU of this process', () => {
  const usage = watchUsage();
  let sum = 0;
  for (let step = 0; step < 5_000_000; step += 1) sum += Math.sqrt(step);
  const { cpuMs, wallMs, share } = usage();
  expect(sum).toBeGreaterThan(0);
  expect(cpuMs).toBeGreaterThan(0);
  expect(share).toBeCloseTo(cpuMs / wallMs);
});

it('knows a process that was kept off the cores', () => {
  const usage = { cpuMs: 1000, wallMs: 5000, share: 0.2, waitedMs: 100 };
  expect(isStarved(usage)).toBe(false);
  expect(isStarved({ ...usage, waitedMs: 2000 })).toBe(true);
});
