import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { TarFile } from './tar.ts';
import { readTar, tarEnd, tarHead, tarPadding } from './tar.ts';

const files: readonly [TarFile, string][] = [
  [{ name: 'a.txt', size: 5, modifiedAt: 1_760_000_000_123 }, 'hello'],
  [{ name: 'empty/nothing', size: 0, modifiedAt: 0 }, ''],
  [{ name: `long/${'n'.repeat(90)}`, size: 1024, modifiedAt: 5 }, 'x'.repeat(1024)],
];
const archive = Buffer.concat([
  ...files.flatMap(([file, text]) => [tarHead(file), Buffer.from(text), tarPadding(file.size)]),
  tarEnd(),
]);

async function read(bytes: Buffer, pieceLength: number): Promise<[TarFile, string][]> {
  const found: [TarFile, string][] = [];
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += pieceLength) {
      await Promise.resolve();
      yield bytes.subarray(at, at + pieceLength);
    }
  }
  await readTar(pieces(), {
    begin: ({ name, size, modifiedAt }) => {
      found.push([{ name, size, modifiedAt }, '']);
      return Promise.resolve();
    },
    write: (part) => {
      const last = found.at(-1);
      if (last) last[1] += part.toString();
      return Promise.resolve();
    },
    end: () => Promise.resolve(),
  });
  return found;
}

test.each([1, 7, 512, 100_000])('what was written is read again, in pieces of %i bytes', async (length) => {
  expect(await read(archive, length)).toEqual(files);
});

test("the system's own tar lists it", () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'tar-')), 'a.tar');
  writeFileSync(file, archive);
  const { stdout, status } = spawnSync('tar', ['tf', file], { encoding: 'utf8' });
  expect([status, stdout.trim().split('\n')]).toEqual([0, files.map(([{ name }]) => name)]);
});

test('a damaged or short archive is refused', async () => {
  const bad = Buffer.from(archive);
  bad[0] = 0x7a;
  await expect(read(bad, 512)).rejects.toThrow('checksum');
  await expect(read(archive.subarray(0, 1600), 512)).rejects.toThrow('ends too early');
});

test('a name that does not fit is refused', () => {
  expect(() => tarHead({ name: 'n'.repeat(101), size: 1, modifiedAt: 0 })).toThrow('does not fit');
});
