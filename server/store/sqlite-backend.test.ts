import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { describeEngine, newFolder } from './contract.test-kit.ts';
import { keepsFolds, seesEdits } from './kept-folds.test-kit.ts';
import { SqliteBackend } from './sqlite-backend.ts';
import { sqliteSteps } from './sqlite-file.ts';

describeEngine(
  'SQLite',
  () => {
    const file = path.join(newFolder(), 'records.db');
    return Promise.resolve({
      open: () => Promise.resolve().then(() => SqliteBackend.open({ file })),
      openReadOnly: () => Promise.resolve().then(() => SqliteBackend.open({ file, readOnly: true })),
      damage: (sql) => {
        const database = new DatabaseSync(file);
        database.exec(sql);
        database.close();
        return Promise.resolve();
      },
    });
  },
  keepsFolds,
  seesEdits,
);

const newFile = (): string => path.join(newFolder(), 'records.db');
const row = { world: 'live', seq: 1, knownAt: 1, kind: 'a/b', text: '{}', hash: 'x' };

test('readers never wait for the writer', async () => {
  const file = newFile();
  const backend = SqliteBackend.open({ file });
  const database = new DatabaseSync(file, { readOnly: true });
  expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  database.close();
  await backend.close();
});

test('an older schema is brought forward, and copied before', async () => {
  const file = newFile();
  const old = SqliteBackend.open({ file, steps: sqliteSteps.slice(0, 1) });
  await old.insert([row]);
  await old.close();
  const backend = SqliteBackend.open({ file });
  expect(await backend.last('live')).toEqual(row);
  await backend.putSnapshot({ world: 'live', fold: 'f', seq: 1, hash: 'x', state: '1' });
  await backend.close();
  const copy = SqliteBackend.open({ file: `${file}.before-v2`, readOnly: true });
  expect(await copy.last('live')).toEqual(row);
  await expect(copy.getSnapshot('live', 'f')).rejects.toThrow('fold_snapshot');
  await copy.close();
  expect(existsSync(`${file}.before-v1`)).toBe(false);
});

test('a step that fails leaves the file as it was', async () => {
  const file = newFile();
  await SqliteBackend.open({ file }).close();
  const before = readFileSync(file);
  const steps = [...sqliteSteps, 'CREATE TABLE other (id INTEGER); CREATE TABLE entry (id INTEGER)'];
  expect(() => SqliteBackend.open({ file, steps })).toThrow(/records\.db.*entry/);
  await SqliteBackend.open({ file }).close();
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('a newer schema is refused by name', async () => {
  const file = newFile();
  await SqliteBackend.open({ file, steps: [...sqliteSteps, 'CREATE TABLE later (id INTEGER)'] }).close();
  expect(() => SqliteBackend.open({ file })).toThrow(/records\.db has schema 3, this build knows 2: .*newer/);
});

test.each([
  ['no SQLite file at all', (bytes: Buffer) => bytes.fill('x', 0, 100)],
  ['a file cut in half', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
])('%s is named as damaged', async (_what, harm) => {
  const file = newFile();
  const backend = SqliteBackend.open({ file });
  await backend.insert(
    Array.from({ length: 200 }, (_, at) => ({ ...row, seq: at + 1, text: 'y'.repeat(200) })),
  );
  await backend.close();
  writeFileSync(file, harm(readFileSync(file)));
  const read = async (): Promise<readonly string[]> => {
    const again = SqliteBackend.open({ file, readOnly: true });
    try {
      await again.select('live', {}, 1000);
      return await again.faults();
    } finally {
      await again.close();
    }
  };
  await expect(read()).rejects.toThrow(/records\.db.*store\/damaged/);
});

test('a last write that was torn at any byte: every commit before it is there, and it is not', async () => {
  const file = newFile();
  const backend = SqliteBackend.open({ file });
  const sizes = [statSync(`${file}-wal`).size];
  for (let seq = 1; seq <= 6; seq += 1) {
    await backend.insert([{ ...row, seq, text: 'y'.repeat(700 * seq) }]);
    sizes.push(statSync(`${file}-wal`).size);
  }
  const [whole, wal] = [readFileSync(file), readFileSync(`${file}-wal`)];
  await backend.close();
  for (let cut = sizes[0] ?? 0; cut <= wal.length; cut += 1801) {
    const copy = newFile();
    writeFileSync(copy, whole);
    writeFileSync(`${copy}-wal`, wal.subarray(0, cut));
    const again = SqliteBackend.open({ file: copy, readOnly: true });
    const rows = await again.select('live', {}, 100);
    expect(rows, `cut at ${cut}`).toHaveLength(sizes.filter((size) => size <= cut).length - 1);
    expect(await again.faults()).toEqual([]);
    await again.close();
  }
});

test('who holds the records is said', async () => {
  const file = newFile();
  const backend = SqliteBackend.open({ file });
  expect(() => SqliteBackend.open({ file })).toThrow(`held by process ${process.pid}`);
  await backend.close();
});
