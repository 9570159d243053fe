import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ObservationBatch } from '../../contracts/frame.ts';
import { noiseStation } from '../../contracts/layers/noise-station.ts';
import { LayerTable } from '../../contracts/table.ts';
import type { Logger } from '../kit/log.ts';
import type { WorldLayer } from '../state/port.ts';
import { JournalFollower } from './journal-follower.ts';
import { Journal, readJournal } from './journal.ts';
import { journalFiles } from './journal-names.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 6, 15, 4, 30);

function newJournal(maxBytes = 1e9): { journal: Journal; folder: string; logged: string[] } {
  const folder = mkdtempSync(path.join(tmpdir(), 'journal-'));
  const logged: string[] = [];
  const note = (event: string): void => void logged.push(event);
  const log: Logger = { debug: note, info: note, warn: note, error: note, child: () => log };
  return {
    journal: new Journal({ folder, world: 'live', maxBytes, maxWaiting: 100_000, log }),
    folder,
    logged,
  };
}

const frame = (size: number, fill: number): Uint8Array => new Uint8Array(size).fill(fill);

test('ticks come back as they were written, by retention class and hour', async () => {
  const { journal, folder } = newJournal();
  journal.append('telemetry', { number: 1, at: NOW }, [frame(500, 1), frame(3, 2)]);
  journal.append('telemetry', { number: 2, at: NOW + HOUR }, [frame(4, 3)]);
  journal.append('state', { number: 2, at: NOW + HOUR }, [frame(5, 4)]);
  await journal.close();
  const files = journalFiles(path.join(folder, 'live/telemetry'));
  expect(files.map(({ file }) => path.basename(file))).toEqual(['2026071504.journal', '2026071505.journal']);
  expect(readJournal(files[0]?.file ?? '')).toMatchObject([{ tick: 1 }]);
  expect(readJournal(files[0]?.file ?? '')[0]?.frames.map((bytes) => [...bytes])).toEqual([
    [...frame(500, 1)],
    [2, 2, 2],
  ]);
  expect(journalFiles(path.join(folder, 'live/state'))).toHaveLength(1);
});

test('a torn tail is cut before more is written', async () => {
  const { journal, folder } = newJournal();
  journal.append('state', { number: 1, at: NOW }, [frame(10, 1)]);
  await journal.close();
  const [{ file } = { file: '' }] = journalFiles(path.join(folder, 'live/state'));
  appendFileSync(file, Buffer.from([9, 0, 0, 0, 1, 2]));
  expect(readJournal(file)).toHaveLength(1);
  journal.append('state', { number: 2, at: NOW }, [frame(10, 2)]);
  await journal.close();
  expect(readJournal(file).map(({ tick }) => tick)).toEqual([1, 2]);
});

test('a damaged record ends reading, what stands before it counts', async () => {
  const { journal, folder } = newJournal();
  for (let tick = 1; tick <= 3; tick += 1)
    journal.append('state', { number: tick, at: NOW }, [frame(10, tick)]);
  await journal.close();
  const [{ file } = { file: '' }] = journalFiles(path.join(folder, 'live/state'));
  const bytes = readFileSync(file);
  bytes[bytes.length - 3] = (bytes[bytes.length - 3] as number) ^ 255;
  writeFileSync(file, bytes);
  expect(readJournal(file).map(({ tick }) => tick)).toEqual([1, 2]);
});

test('files beyond their time go, then the oldest expendable ones beyond the share; records and the current hour stay', async () => {
  const { journal, folder } = newJournal(2500);
  const add = (retention: string, hoursAgo: number): void => {
    const name = new Date(NOW - hoursAgo * HOUR).toISOString().slice(0, 13).replace(/[-T]/g, '');
    mkdirSync(path.join(folder, 'live', retention), { recursive: true });
    writeFileSync(path.join(folder, 'live', retention, `${name}.journal`), Buffer.alloc(1000));
  };
  add('minute', 30);
  add('telemetry', 8 * 24);
  add('telemetry', 5);
  add('telemetry', 0);
  add('record', 10_000);
  journal.prune(NOW);
  const left = (retention: string): number => journalFiles(path.join(folder, 'live', retention)).length;
  expect([left('minute'), left('telemetry'), left('record')]).toEqual([0, 1, 1]);
  await journal.close();
});

test('a disk that fails is said once, loses nothing that fits in memory, and recovers by itself', async () => {
  const { journal, folder, logged } = newJournal();
  // A file where the folder should be: writing fails for every user.
  writeFileSync(path.join(folder, 'live'), '');
  journal.append('state', { number: 1, at: NOW }, [frame(10, 1)]);
  await journal.flush();
  await journal.flush();
  expect([journal.isFailing, logged]).toEqual([true, ['journal.failed']]);
  rmSync(path.join(folder, 'live'));
  journal.append('state', { number: 2, at: NOW }, [frame(10, 2)]);
  await journal.close();
  expect([journal.isFailing, logged]).toEqual([false, ['journal.failed', 'journal.recovered']]);
  const [{ file } = { file: '' }] = journalFiles(path.join(folder, 'live/state'));
  expect(readJournal(file).map(({ tick }) => tick)).toEqual([1, 2]);
});

test('what waits for a dead disk is bounded', async () => {
  const { journal, folder } = newJournal();
  writeFileSync(path.join(folder, 'live'), '');
  const noise = randomBytes(10_000);
  for (let tick = 1; tick <= 30; tick += 1) {
    noise[0] = tick;
    journal.append('state', { number: tick, at: NOW }, [noise]);
  }
  expect(journal.droppedBytes).toBeGreaterThan(0);
  await journal.flush();
});

test('what gathers in a busy layer is taken away before the tick, and is part of it', async () => {
  const { journal, folder } = newJournal();
  const batch = new ObservationBatch(noiseStation);
  const table = new LayerTable(noiseStation);
  const held = { layer: noiseStation, table, batch, updatedAt: null } as unknown as WorldLayer;
  const facts = { id: 'live', kind: 'live', parent: null } as const;
  const history = new JournalFollower(
    { facts, layers: new Map([[noiseStation.slug, held]]), tick: 6 },
    journal,
  );
  const fill = (count: number): void => {
    for (let at = 0; at < count; at += 1)
      batch.append({ key: `n${at}`, validAt: NOW, source: 'x', values: {} });
  };
  fill(100);
  history.collect(NOW);
  expect(batch.count).toBe(100);
  fill(9000);
  history.collect(NOW);
  expect(batch.count).toBe(0);
  fill(5);
  history.tick({ number: 7, at: NOW });
  await journal.close();
  const [{ file } = { file: '' }] = journalFiles(path.join(folder, 'live', noiseStation.retention));
  const records = readJournal(file);
  const counts = records.map(
    ({ frames }) => ObservationBatch.decode(noiseStation, frames[0] as Uint8Array).count,
  );
  expect([records.map(({ tick }) => tick), counts]).toEqual([
    [7, 7],
    [9100, 5],
  ]);
});
