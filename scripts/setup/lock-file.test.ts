import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dropLock, readHolder, takeLock } from './lock-file.mjs';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lock-'));
  file = path.join(folder, 'deep', 'x.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a free lock is taken and given back', () => {
  expect(takeLock(file, { script: 'start.mjs', port: 1 })).toBeNull();
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ pid: process.pid, script: 'start.mjs', port: 1 });
  dropLock(file);
  expect(() => readFileSync(file)).toThrow(/ENOENT/);
});

test('a live holder keeps it, and it is not dropped by another process', () => {
  takeLock(file, { script: 'x' });
  // The parent of this process lives and runs a program of this name.
  const holder = { pid: process.ppid, script: '' };
  writeFileSync(file, JSON.stringify(holder));
  expect(takeLock(file, { script: 'x' })).toEqual(holder);
  dropLock(file);
  expect(readHolder(file)).toEqual(holder);
});

test.each([
  ['a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1, script: '' })],
  [
    'an unrelated process with the same number',
    JSON.stringify({ pid: process.ppid, script: 'no-such-program' }),
  ],
  ['half-written text', '{"pid": 12'],
  ['nothing', ''],
])('what %s left behind is taken over', (_what, text) => {
  takeLock(file, { script: 'x' });
  writeFileSync(file, text);
  expect(takeLock(file, { script: 'x' })).toBeNull();
});
