import { expect, it } from 'vitest';
import { earliestSample, newestFirst, shown, type Shelf } from './shelves.ts';

const shelf = (feed: string, code: string, more: Partial<Shelf> = {}): Shelf => ({
  feed,
  code,
  count: 1,
  lastAt: 100,
  samples: [],
  ...more,
});
const sample = (at: number, raw: string) => ({ at, raw, detail: '', encoding: 'text' as const });
const shelves = [
  shelf('bus', 'record/place', {
    lastAt: 300,
    count: 2,
    samples: [sample(250, 'lat=132'), sample(90, 'lat=0')],
  }),
  shelf('bus', 'record/time', { lastAt: 200, count: 40 }),
  shelf('rain', 'record/place', { lastAt: 250, count: 7, samples: [sample(240, 'RN-07')] }),
];
const names = {
  feed: (id: string) => ({ bus: '公交', rain: '雨量' })[id] ?? id,
  code: (code: string) => code,
};
const found = (filter: Partial<Parameters<typeof shown>[1]>, sort = newestFirst): string[] =>
  shown(shelves, { feed: '', code: '', text: '', ...filter }, { names, sort }).map(
    ({ feed, code }) => `${feed} ${code}`,
  );

it('shows the last refusal first', () =>
  expect(found({})).toEqual(['bus record/place', 'rain record/place', 'bus record/time']));

it('is filtered by feed, by reason, and by a text in names and records', () => {
  expect(found({ feed: 'bus', code: 'record/time' })).toEqual(['bus record/time']);
  expect(found({ text: '雨量' })).toEqual(['rain record/place']);
  expect(found({ text: 'rn-07' })).toEqual(['rain record/place']);
  expect(found({ text: 'nothing like it' })).toEqual([]);
});

it('is sorted by any column, what has no sample last', () => {
  expect(found({}, { by: 'count', descending: true })[0]).toBe('bus record/time');
  expect(found({}, { by: 'first', descending: false }).at(-1)).toBe('bus record/time');
  expect(found({}, { by: 'first', descending: true }).at(-1)).toBe('bus record/time');
});

it('knows the earliest sample', () => expect(shelves.map(earliestSample)).toEqual([90, null, 240]));
