// Observations survive sealing: every one, late and corrected ones too, and one object's are read without the others'.
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ObservationBatch } from '../../contracts/frame.ts';
import { bigLayer } from './big-layer.test-kit.ts';
import { HistoryFiles } from './history-files.ts';
import { silentLog } from './silent-log.test-kit.ts';
import { Journal } from './journal.ts';
import type { ObservedHead } from './observed-part.ts';
import { readBlocks } from './observed-part.ts';
import { SchemaShelf } from '../kit/schema-shelf.ts';
import { closedHours, sealHour } from './seal-hour.ts';
import { readHeads } from './segment-file.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 6, 15, 4, 30);

interface Said {
  readonly key: string;
  readonly validAt: number;
  readonly knownAt: number;
  readonly revision: number;
  readonly name: string | null;
  readonly value: number;
}

function newHistory() {
  const root = mkdtempSync(path.join(tmpdir(), 'observed-'));
  const files = new HistoryFiles(path.join(root, 'history'));
  const schemas = new SchemaShelf(path.join(root, 'schemas'));
  schemas.keep([bigLayer]);
  const journal = new Journal({ folder: root, world: 'live', maxBytes: 1e9, log: silentLog });
  return { files, schemas, journal, folder: path.join(root, 'live', bigLayer.retention) };
}

function journalSaid(journal: Journal, said: readonly Said[]): void {
  const byTick = Map.groupBy(said, ({ knownAt }) => knownAt);
  for (const [at, rows] of [...byTick].sort(([a], [b]) => a - b)) {
    const batch = new ObservationBatch(bigLayer);
    for (const { key, validAt, revision, name, value } of rows) {
      batch.append({ key, validAt, revision, source: `feed-${value % 3}`, values: { name, value } });
    }
    const tick = { number: at / 1000, at };
    journal.append(bigLayer.retention, tick, [
      batch.encode({ world: 'live', tick: tick.number, knownAt: at }),
    ]);
  }
}

function readBack(
  { files, schemas }: Pick<ReturnType<typeof newHistory>, 'files' | 'schemas'>,
  key?: string,
): Said[] {
  return files
    .of('observed', bigLayer.slug)
    .flatMap(({ file }) => readHeads<ObservedHead>(file))
    .flatMap((place) => [...readBlocks(place, schemas, key === undefined ? undefined : new Set([key]))])
    .flatMap(({ batch, knownAt }) =>
      Array.from({ length: batch.count }, (_, index): Said => {
        const { key: id, validAt, revision, values } = batch.row(index);
        const { name, value } = values as { name: string | null; value: number };
        return { key: id, validAt, knownAt: knownAt[index] as number, revision, name, value };
      }),
    );
}

const text = ({ key, validAt, knownAt, revision, name, value }: Said): string =>
  JSON.stringify([key, validAt, knownAt, revision, name, value]);

const said = fc.record({
  key: fc.integer({ min: 0, max: 40 }).map((id) => `k${id}`),
  knownS: fc.integer({ min: 0, max: 1500 }),
  lateS: fc.integer({ min: 0, max: 90_000 }),
  revision: fc.integer({ min: 0, max: 3 }),
  name: fc.option(fc.constantFrom('利州', '昭化', 'x')),
  value: fc.integer({ min: -500, max: 500 }),
});

test('every observation comes back with its moments and revision, one object at a time too', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(said, { minLength: 1, maxLength: 200 }), async (given) => {
      const history = newHistory();
      const rows = given.map(({ knownS, lateS, ...one }): Said => {
        const knownAt = NOW + knownS * 1000;
        return { ...one, knownAt, validAt: knownAt - lateS * 1000 };
      });
      journalSaid(history.journal, rows);
      await history.journal.close();
      expect(closedHours(history.folder, NOW + 10_000)).toEqual([]);
      for (const file of closedHours(history.folder, NOW + HOUR))
        sealHour(file, history.files, history.schemas);
      expect(readBack(history).map(text).sort()).toEqual(rows.map(text).sort());
      const { key } = rows[0] as Said;
      const own = readBack(history, key).filter((one) => one.key === key);
      expect(own.map(text).sort()).toEqual(
        rows
          .filter((one) => one.key === key)
          .map(text)
          .sort(),
      );
      expect(closedHours(history.folder, NOW + HOUR)).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

const many = Array.from({ length: 6000 }, (_, at): Said => {
  const knownAt = NOW + Math.floor(at / 60) * 10_000;
  return { key: `k${at % 60}`, knownAt, validAt: knownAt - 2000, revision: 0, name: 'a', value: at % 500 };
});

test('sealing that was cut off at any byte is done again, once', async () => {
  const history = newHistory();
  journalSaid(history.journal, many);
  await history.journal.close();
  const [hour = ''] = closedHours(history.folder, NOW + HOUR);
  const journal = readFileSync(hour);
  sealHour(hour, history.files, history.schemas);
  const [{ file } = { file: '' }] = history.files.of('observed', bigLayer.slug);
  const whole = readFileSync(file);
  const [{ head } = { head: null }] = readHeads<ObservedHead>(file);
  const sealing = path.join(history.folder, (head?.source ?? '').replace(/#0$/, ''));
  for (const share of [0, 0.01, 0.3, 0.99, 1]) {
    writeFileSync(file, whole.subarray(0, Math.floor(whole.length * share)));
    writeFileSync(sealing, journal);
    expect(closedHours(history.folder, NOW + HOUR)).toEqual([sealing]);
    sealHour(sealing, history.files, history.schemas);
    expect([readFileSync(file).equals(whole), existsSync(sealing)]).toEqual([true, false]);
  }
});

test('one object is in few blocks, and a damaged block is named', async () => {
  const history = newHistory();
  journalSaid(history.journal, many);
  await history.journal.close();
  for (const file of closedHours(history.folder, NOW + HOUR)) sealHour(file, history.files, history.schemas);
  const [{ file } = { file: '' }] = history.files.of('observed', bigLayer.slug);
  const [place] = readHeads<ObservedHead>(file);
  if (!place) throw new Error('nothing was sealed');
  expect(place.head.blocks.length).toBeGreaterThan(1);
  expect([...readBlocks(place, history.schemas, new Set(['k7']))]).toHaveLength(1);
  expect([...readBlocks(place, history.schemas, new Set(['nobody']))]).toHaveLength(0);
  const bytes = readFileSync(file);
  bytes[place.bodyAt + 9] = (bytes[place.bodyAt + 9] as number) ^ 255;
  writeFileSync(file, bytes);
  expect(() => [...readBlocks(place, history.schemas)]).toThrow(/a block of layer .* is damaged/);
});
