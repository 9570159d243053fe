import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSecretBox } from './secret-box.ts';

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'cockpit-key-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('a secret opens with its key, for what it belongs to, unchanged', () => {
  const folder = newFolder();
  const sealed = openSecretBox(folder).seal('JBSWY3DP', 'li');
  expect(sealed).not.toContain('JBSWY3DP');
  const again = openSecretBox(folder);
  expect(again.open(sealed, 'li')).toBe('JBSWY3DP');
  expect(() => again.open(sealed, 'wang')).toThrow();
  const bytes = Buffer.from(sealed, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
  expect(() => again.open(bytes.toString('base64'), 'li')).toThrow();
  expect(() => openSecretBox(newFolder()).open(sealed, 'li')).toThrow();
});

test('the key is the server’s alone, and a file that is none is named', () => {
  const folder = newFolder();
  openSecretBox(folder);
  expect(statSync(path.join(folder, 'secret.key')).mode & 0o777).toBe(0o600);
  writeFileSync(path.join(folder, 'secret.key'), 'short');
  expect(() => openSecretBox(folder)).toThrow(/secret\.key: 5 bytes/);
});
