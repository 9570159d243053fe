import { expect, test } from 'vitest';
import { actOfKey } from './acts.ts';

test.each([
  ['a', 'open', 'acknowledge'],
  ['A', 'open', 'acknowledge'],
  ['a', 'acknowledged', null],
  ['s', 'acknowledged', 'shelve'],
  ['s', 'shelved', 'unshelve'],
  ['c', 'shelved', 'comment'],
  ['x', 'open', null],
] as const)('%s on an alert that is %s: %s', (key, state, act) => {
  expect(actOfKey(key, state)).toBe(act);
});
