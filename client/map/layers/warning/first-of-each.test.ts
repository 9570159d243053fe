import { expect, test } from 'vitest';
import { firstOfEach } from './first-of-each.ts';

test('the first of each kind stays, in its place', () => {
  const warnings = ['orange rain', 'orange thunder', 'yellow rain', 'blue gale'];
  const event = (warning: string): string | undefined => warning.split(' ')[1];
  expect(firstOfEach(warnings, event)).toEqual(['orange rain', 'orange thunder', 'blue gale']);
});
