import { describe, expect, it, test } from 'vitest';
import type { StateWord } from '../i18n/words.ts';
import { judge, type FeedState } from './trust.ts';

const feed = (id: string, state: StateWord, more: Partial<FeedState> = {}): FeedState => ({
  id,
  title: { zh: id, en: id },
  state,
  reason: 'none',
  lastAt: 100,
  lastOkAt: 200,
  affects: [],
  ...more,
});
const many = (live: number, down: number): FeedState[] => [
  ...Array.from({ length: live }, (_, i) => feed(`live-${i}`, i % 2 === 0 ? 'live' : 'quiet')),
  ...Array.from({ length: down }, (_, i) => feed(`down-${i}`, 'down')),
];

test.each([
  [20, 0, 'good'],
  [19, 1, 'good'],
  [18, 2, 'partial'],
  [14, 6, 'partial'],
  [13, 7, 'poor'],
  [0, 3, 'poor'],
  [0, 0, 'blind'],
] as const)('%d feeds that deliver and %d that do not are %s', (live, down, level) =>
  expect(judge(many(live, down), true).level).toBe(level),
);

it('trusts nothing while the server does not answer', () =>
  expect(judge(many(20, 0), false)).toMatchObject({ level: 'blind', live: 20, total: 20 }));

describe('the reasons', () => {
  it('name the worst first, and never a feed that delivers', () => {
    const { troubles } = judge(
      [feed('a', 'late'), feed('b', 'down'), feed('c', 'live'), feed('d', 'stale')],
      true,
    );
    expect(troubles.map(({ id }) => id)).toEqual(['b', 'd', 'a']);
  });
  it('say since when: the last contact of a broken feed, the last datum of an old one', () => {
    const { troubles } = judge(
      [feed('a', 'down'), feed('b', 'stale'), feed('c', 'down', { lastOkAt: null, lastAt: null })],
      true,
    );
    expect(troubles.map(({ since }) => since)).toEqual([200, null, 100]);
  });
});
