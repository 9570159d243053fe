import { expect, test } from 'vitest';
import { isOnPath, missingLibraries, missingPackages } from './tools.mjs';

test('a program is found where the path says', () => {
  expect(isOnPath('sh', '/usr/bin:/bin')).toBe(true);
  expect(isOnPath('no-such-program', '/usr/bin:/bin')).toBe(false);
  expect(isOnPath('sh', '')).toBe(false);
});

test('a package is there when its program is, whatever the package is called', () => {
  const programs = new Set(['chromium', 'ogr2ogr', 'postgres', 'openssl']);
  expect(missingPackages((program) => programs.has(program))).toEqual(['mosquitto']);
  expect(missingPackages(() => true)).toEqual([]);
});

test('what draws for the browser is looked for by its libraries', () => {
  expect(missingLibraries((file) => file !== 'libEGL_mesa.so.0')).toEqual(['libegl1']);
  expect(missingLibraries(() => true)).toEqual([]);
});
