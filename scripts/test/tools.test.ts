import { expect, test } from 'vitest';
import { isOnPath } from './tools.mjs';

test('a program is found where the path says', () => {
  expect(isOnPath('sh', '/usr/bin:/bin')).toBe(true);
  expect(isOnPath('no-such-program', '/usr/bin:/bin')).toBe(false);
  expect(isOnPath('sh', '')).toBe(false);
});
