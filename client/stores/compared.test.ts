import { expect, it } from 'vitest';
import { comparedIn, toggleCompared } from './compared.ts';

it('keeps objects of one layer, and the oldest gives way', () => {
  for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) toggleCompared('reservoir', key);
  expect(comparedIn('reservoir')).toEqual(['b', 'c', 'd', 'e', 'f']);
  toggleCompared('reservoir', 'd');
  expect(comparedIn('reservoir')).toEqual(['b', 'c', 'e', 'f']);
  expect(comparedIn('river-gauge')).toEqual([]);
  toggleCompared('river-gauge', 'x');
  expect(comparedIn('river-gauge')).toEqual(['x']);
  expect(comparedIn('reservoir')).toEqual([]);
});
