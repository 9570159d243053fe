import { expect, test } from 'vitest';
import { nearest } from './nearest.mjs';

test.each([
  ['prot', 'port'],
  ['port', 'port'],
  ['citty', 'city'],
  ['zzzzzz', null],
  ['', null],
])('%s → %s', (word, expected) => {
  expect(nearest(word, ['port', 'city', 'data-dir'])).toBe(expected);
});

test('nothing is near where nothing is known', () => {
  expect(nearest('port', [])).toBeNull();
});
