import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint, isProductFile } from './fingerprint.mjs';

let root = '';
const put = (file: string, text: string): void => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'fingerprint-'));
  put('client/a.ts', 'a');
  put('client/deep/b.ts', 'b');
  put('lock.json', '{}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const take = (): Promise<string> => fingerprint(root, ['client', 'lock.json', 'missing'], isProductFile);

test('the same contents give the same hash, whenever they were written', async () => {
  const before = await take();
  put('client/a.ts', 'a');
  expect(await take()).toBe(before);
});

test.each([
  ['a changed file', () => put('client/a.ts', 'A')],
  ['a new file', () => put('client/deep/c.ts', '')],
  ['a removed file', () => rmSync(path.join(root, 'client/deep/b.ts'))],
  ['a change of the single file', () => put('lock.json', '{ }')],
  ['bytes moved from one file to the next', () => (put('client/a.ts', ''), put('client/deep/b.ts', 'ab'))],
])('%s gives another hash', async (_what, change) => {
  const before = await take();
  change();
  expect(await take()).not.toBe(before);
});

test('tests and notes do not count', async () => {
  const before = await take();
  put('client/a.test.ts', 'x');
  put('client/notes.md', 'x');
  expect(await take()).toBe(before);
});
