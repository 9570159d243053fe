import { expect, it } from 'vitest';
import { sortedBy, turned } from './sort.ts';

const rows = [
  { name: '乙 10', value: 3 },
  { name: '乙 9', value: null },
  { name: '甲', value: -1 },
];
const names = (by: 'name' | 'value', descending: boolean): string[] =>
  sortedBy(rows, { by, descending }, (row) => row[by]).map(({ name }) => name);

it('puts what has no value last either way', () => {
  expect(names('value', false)).toEqual(['甲', '乙 10', '乙 9']);
  expect(names('value', true)).toEqual(['乙 10', '甲', '乙 9']);
});

it('orders words by their reading and numbers in them by size', () =>
  expect(names('name', false)).toEqual(['甲', '乙 9', '乙 10']));

it('turns round when asked for the same column again', () => {
  const first = turned({ by: 'name', descending: false }, 'value');
  expect(first).toEqual({ by: 'value', descending: false });
  expect(turned(first, 'value').descending).toBe(true);
});
