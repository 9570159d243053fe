import { expect, it } from 'vitest';
import { arranged, asListed, countStates } from './arrange.ts';
import { feedRow } from './feed.fixture.ts';

const rows = [
  feedRow('bus', 'live', { lagMs: 900, rejected: 4 }),
  feedRow('rain', 'down', { detail: 'ECONNREFUSED 10.0.0.7', reason: 'unreachable' }),
  feedRow('calls', 'quiet', { periodS: null, rejected: 30 }),
];
const names: Readonly<Record<string, string>> = { bus: '公交', rain: '雨量', calls: '接警' };
const nameOf = ({ id }: { readonly id: string }): string => names[id] ?? id;
const ids = (state: Parameters<typeof arranged>[1]['state'], text: string, sort = asListed): string[] =>
  arranged(rows, { state, text }, { sort, nameOf }).map(({ id }) => id);

it('stays as listed until somebody sorts', () => expect(ids(null, '')).toEqual(['bus', 'rain', 'calls']));

it('finds by state, by name and by what went wrong', () => {
  expect(ids('down', '')).toEqual(['rain']);
  expect(ids(null, '公交')).toEqual(['bus']);
  expect(ids(null, 'econnrefused')).toEqual(['rain']);
  expect(ids('live', '雨量')).toEqual([]);
});

it('sorts numbers by size and states by how bad they are', () => {
  expect(ids(null, '', { by: 'rejected', descending: true })[0]).toBe('calls');
  expect(ids(null, '', { by: 'state', descending: false })).toEqual(['bus', 'rain', 'calls']);
  expect(ids(null, '', { by: 'period', descending: true }).at(-1)).toBe('calls');
});

it('counts states', () =>
  expect(countStates(rows)).toEqual([
    ['live', 1],
    ['down', 1],
    ['quiet', 1],
  ]));
