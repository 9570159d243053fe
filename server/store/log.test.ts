import { appendFileSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { canonicalJson, ChainedLog } from './log.ts';

const newFile = () => path.join(mkdtempSync(path.join(tmpdir(), 'log-')), 'city', 'log.jsonl');

function filled(file: string, count: number): ChainedLog {
  let now = 1_000;
  const log = new ChainedLog(file, () => (now += 5));
  log.open();
  for (let at = 0; at < count; at += 1) {
    log.append({ world: 'live', subject: 'system', kind: 'server/start', body: { at, note: '开' } });
  }
  return log;
}

test('entries chain, survive a restart and go on', () => {
  const file = newFile();
  filled(file, 3).close();
  const log = filled(file, 2);
  expect(log.entries().map((entry) => entry.seq)).toEqual([1, 2, 3, 4, 5]);
  expect(log.verify()).toBeNull();
  expect(log.head.seq).toBe(5);
});

test('a torn last line is cut off; what was acknowledged stays', () => {
  const file = newFile();
  filled(file, 3).close();
  appendFileSync(file, '{"body":{"at":3');
  const log = filled(file, 1);
  expect(log.entries()).toHaveLength(4);
  expect(log.verify()).toBeNull();
});

test('every flipped byte, deleted or swapped line is found', () => {
  const file = newFile();
  filled(file, 3).close();
  const good = readFileSync(file);
  const log = new ChainedLog(file, () => 0);
  for (let at = 0; at < good.length - 1; at += 7) {
    const bad = Buffer.from(good);
    bad[at] = (bad[at] as number) ^ 1;
    writeFileSync(file, bad);
    // The last entry's own content is anchored by nothing inside the file but its form; every other byte is.
    const lastStart = good.lastIndexOf(0x0a, good.length - 2) + 1;
    if (at < lastStart) expect(log.verify(), `byte ${at}`).not.toBeNull();
  }
  const lines = good.toString().trim().split('\n');
  writeFileSync(file, `${[lines[0], lines[2]].join('\n')}\n`);
  expect(log.verify()).toMatchObject({ line: 2 });
  writeFileSync(file, `${[lines[1], lines[0], lines[2]].join('\n')}\n`);
  expect(log.verify()).toMatchObject({ line: 1 });
  expect(() => log.open()).toThrow(/line 1/);
});

test('entries that were cut off show against a head kept elsewhere', () => {
  const file = newFile();
  const log = filled(file, 3);
  const { head } = log;
  log.close();
  const text = readFileSync(file, 'utf8');
  truncateSync(file, text.lastIndexOf('\n', text.length - 2) + 1);
  const again = filled(file, 0);
  expect(again.verify()).toBeNull();
  expect(again.head).not.toEqual(head);
});

test('canonical JSON does not depend on the order of keys', () => {
  expect(canonicalJson({ b: [1, { d: null, c: '"' }], a: undefined })).toBe('{"b":[1,{"c":"\\"","d":null}]}');
});

test('an entry that fits no schema is refused and leaves nothing', () => {
  const log = filled(newFile(), 1);
  expect(() => log.append({ world: 'live', subject: 'x', kind: 'Not Allowed', body: {} })).toThrow();
  expect(log.entries()).toHaveLength(1);
});
