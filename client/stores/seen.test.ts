import { describe, expect, it } from 'vitest';
import { FIXTURE_NOW, readingsIn } from './indicators.fixture.ts';
import { withReadings, withSample, type Sample } from './seen.ts';

const MINUTE = 60_000;

describe('what the page has seen', () => {
  it('keeps at most one sample in three minutes, and the newest', () => {
    let samples: readonly Sample[] = [];
    for (let minute = 0; minute <= 60; minute++)
      samples = withSample(samples, { at: minute * MINUTE, value: minute });
    expect(samples.at(-1)).toEqual({ at: 60 * MINUTE, value: 60 });
    const gaps = samples.slice(1, -1).map(({ at }, i) => at - (samples[i]?.at ?? 0));
    expect(gaps.every((gap) => gap >= 3 * MINUTE)).toBe(true);
    expect(samples.length).toBeGreaterThan(15);
  });
  it('forgets what is older than a day', () => {
    const before = withSample([], { at: 0, value: 1 });
    expect(withSample(before, { at: 25 * 60 * MINUTE, value: 2 })).toEqual([
      { at: 25 * 60 * MINUTE, value: 2 },
    ]);
  });
  it('ignores what is not newer', () => {
    const before = withSample([], { at: 5, value: 1 });
    expect(withSample(before, { at: 5, value: 9 })).toBe(before);
  });
  it('takes current values only', () => {
    expect(withReadings(new Map(), readingsIn('stale', ['traffic']).values())).toBeNull();
    expect(withReadings(new Map(), readingsIn('empty', ['traffic']).values())).toBeNull();
    const seen = withReadings(new Map(), readingsIn('live', ['traffic']).values());
    expect(seen?.get('traffic')).toEqual([{ at: FIXTURE_NOW - 8_000, value: 91 }]);
  });
});
