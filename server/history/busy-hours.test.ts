// Hours in which more is observed than one file should hold: every observation is there, once, while the hour goes on, while
// it is sealed part by part, after a restart, and after the hour.
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { MAX_BATCH } from '../../contracts/codec/observation-batch.ts';
import { ObservationBatch } from '../../contracts/frame.ts';
import { SchemaShelf } from '../kit/schema-shelf.ts';
import { bigLayer } from './big-layer.test-kit.ts';
import { HistoryFiles } from './history-files.ts';
import { Journal } from './journal.ts';
import { LateHours } from './late-hours.ts';
import { Gathered } from './observed-part.ts';
import { ObservedReader } from './observed-reader.ts';
import { OpenHours, roomIn } from './open-hours.ts';
import { sealAll } from './seal-all.ts';
import { silentLog } from './silent-log.test-kit.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 6, 15, 4);
/** Observations of a tick: more than a file of the test holds. */
const ROWS = 500;

function newPast(maxFileBytes?: number) {
  const root = mkdtempSync(path.join(tmpdir(), 'busy-'));
  const files = new HistoryFiles(path.join(root, 'history'));
  const schemas = new SchemaShelf(path.join(root, 'schemas'));
  schemas.keep([bigLayer]);
  const journalFolder = path.join(root, 'live');
  const folder = path.join(journalFolder, bigLayer.retention);
  const options = { folder: root, world: 'live', maxBytes: 1e9, log: silentLog };
  const newJournal = (): Journal =>
    new Journal({ ...options, ...(maxFileBytes === undefined ? {} : { maxFileBytes }) });
  const reader = new ObservedReader(files, schemas, new OpenHours(journalFolder, schemas));
  const seal = (journal: Journal, now: number): number => {
    const openFiles = journal.openFiles;
    const { segments, faults } = sealAll({ files, schemas, journal: journalFolder, now, openFiles });
    expect(faults).toEqual([]);
    return segments;
  };
  const read = (): string[] => {
    const found: string[] = [];
    const ask = { layer: bigLayer, keys: null, from: START - HOUR, to: START + 2 * HOUR };
    reader.visit(ask, (batch, index) => found.push(`${batch.keyAt(index)} ${batch.row(index).validAt}`));
    return found.sort();
  };
  return { folder, journalFolder, schemas, newJournal, seal, read };
}

function append(journal: Journal, second: number, lateMs = 0): string[] {
  const at = START + second * 1000;
  const batch = new ObservationBatch(bigLayer);
  for (let row = 0; row < ROWS; row += 1) {
    const value = ((Math.imul(row + 1, 2_654_435_761) ^ Math.imul(second + 1, 40_503)) >>> 11) % 997;
    batch.append({ key: `k${row}`, validAt: at - lateMs, source: 'x', values: { value } });
  }
  journal.append(bigLayer.retention, { number: second, at }, [
    batch.encode({ world: 'live', tick: second, knownAt: at }),
  ]);
  return Array.from({ length: ROWS }, (_, row) => `k${row} ${at - lateMs}`);
}

test('a file that is full is followed by another and sealed while its hour goes on', async () => {
  const { folder, newJournal, seal, read } = newPast(500);
  const said: string[] = [];
  let journal = newJournal();
  const during = START + 60_000;
  for (let second = 0; second < 8; second += 1) {
    said.push(...append(journal, second));
    await journal.flush();
    expect(read()).toEqual(said.toSorted());
  }
  expect(journal.filled).toBe(7);
  expect(readdirSync(folder)).toHaveLength(8);
  expect(seal(journal, during)).toBe(7);
  expect(readdirSync(folder)).toEqual(['2026071504-7.journal']);
  expect(read()).toEqual(said.toSorted());

  await journal.close();
  journal = newJournal();
  said.push(...append(journal, 8), ...append(journal, 9));
  await journal.flush();
  expect(read()).toEqual(said.toSorted());
  await journal.close();
  expect(seal(journal, during)).toBeGreaterThan(0);
  expect(seal(journal, START + 2 * HOUR)).toBe(1);
  expect([readdirSync(folder), read()]).toEqual([[], said.toSorted()]);
});

test('what comes back to an hour whose files were all sealed begins anew, and loses nothing', async () => {
  const { newJournal, seal, read } = newPast(500);
  const said: string[] = [];
  for (const second of [0, 1, 2]) {
    const journal = newJournal();
    said.push(...append(journal, second));
    await journal.close();
    expect(seal(journal, START + 2 * HOUR)).toBe(1);
    expect(read()).toEqual(said.toSorted());
  }
});

test('what is gathered of a file goes on behind what a batch can hold', () => {
  const first = new Gathered(bigLayer);
  const all = [first];
  const batch = new ObservationBatch(bigLayer);
  batch.append({ key: 'k', validAt: START, source: 'x', values: { value: 1 } });
  roomIn(all, bigLayer, 1).add(batch, START);
  expect(roomIn(all, bigLayer, MAX_BATCH - 1)).toBe(first);
  const second = roomIn(all, bigLayer, MAX_BATCH);
  expect(all).toEqual([first, second]);
  expect([first.batch.count, second.batch.count]).toEqual([1, 0]);
});

test('what came late in a busy hour is found while it goes on', async () => {
  const { journalFolder, schemas, newJournal, seal } = newPast(500);
  const journal = newJournal();
  const late = new LateHours({ folder: journalFolder, schemas, layerOf: () => bigLayer });
  const told: string[] = [];
  for (let second = 0; second < 4; second += 1) {
    told.push(...append(journal, second, 600_000));
    append(journal, second);
    await journal.flush();
  }
  const found = (): string[] => {
    late.follow(bigLayer.retention);
    return late
      .of(bigLayer)
      .flatMap(({ batch }) =>
        Array.from(
          { length: batch.count },
          (_, index) => `${batch.keyAt(index)} ${batch.row(index).validAt}`,
        ),
      );
  };
  expect(found().sort()).toEqual(told.toSorted());
  seal(journal, START + 60_000);
  // The rest lies in parts, where LateReader finds it.
  expect(found()).toHaveLength(ROWS);
  await journal.close();
});
