import { describe, expect, it } from 'vitest';
import { bestOf, rowState } from './contact.ts';

describe('contact', () => {
  it('is the best of the writers', () => {
    expect(bestOf(['down', 'late', 'live'])).toBe('live');
    expect(bestOf(['down', 'stale'])).toBe('stale');
    expect(bestOf([])).toBe('off');
  });
  it('lets a broken feed count before the age of its last value', () => {
    const row = { validAt: 1000, source: 'a' };
    expect(rowState(row, 300, { now: 2000, feeds: () => 'down' })).toBe('down');
    expect(rowState(row, 300, { now: 2000, feeds: () => 'live' })).toBe('live');
    expect(rowState(row, 300, { now: 700_000, feeds: () => null })).toBe('late');
    expect(rowState(row, 300, { now: 1_300_000, feeds: () => null })).toBe('stale');
  });
});
