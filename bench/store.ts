// Bytes of one stored observation, all copies counted, and how fast the states of 100,000 are read for replay; against
// a row each in SQLite with the two indexes that reading needs.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { bytesUnder } from '../server/history/history-files.ts';
import { readBlocks } from '../server/history/observed-part.ts';
import type { ObservedHead } from '../server/history/observed-part.ts';
import { readHeads } from '../server/history/segment-file.ts';
import type { StateHead } from '../server/history/state-segment.ts';
import { readFrames, receiverOf } from '../server/history/state-segment.ts';
import { HistoryCity } from './history-city.ts';
import { isStarved, median, monotonicMs, watchUsage } from './measure.ts';
import { fleet } from './fleet.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atLeast, atMost, check, reported, result } from './result.ts';

const START = Date.UTC(2026, 6, 15, 4);
const READ = 100_000;
const ROUNDS = 15;

export async function run(options: BenchOptions): Promise<BenchResult> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-store-'));
  try {
    return await measure(folder, options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(folder: string, { long, say }: BenchOptions): Promise<BenchResult> {
  const city = new HistoryCity(folder, { objects: long ? 5000 : 1000, everyS: 1 });
  const seconds = 1800;
  say(`writing ${seconds} s of ${long ? 5000 : 1000} objects that report each second`);
  const usage = watchUsage();
  const began = monotonicMs();
  await city.write(START, seconds);
  const writeMs = monotonicMs() - began;
  const states = bytesUnder(path.join(city.files.root, 'state'));
  const observed = bytesUnder(path.join(city.files.root, 'observed'));
  say('writing the same observations as rows');
  const rows = writeRows(city, path.join(folder, 'rows.db'));
  const per = (states + observed) / city.observations;
  const [ours, theirs] = [readStates(city), readRows(path.join(folder, 'rows.db'))];
  return result({
    name: 'store',
    value: per,
    unit: 'B per observation',
    rival: { name: 'SQLite, a row each, indexes on t and (id, t)', value: rows.bytes / rows.count },
    target: atLeast(18),
    valid: !isStarved(usage()),
    checks: [
      check('bytes of one observation, states and observations together', [per, 'B'], atMost(6)),
      reported('of it states', [states / city.observations, 'B']),
      reported('of it observations, object by object', [observed / city.observations, 'B']),
      check('read 100,000 for replay, against rows', [theirs / ours, '×'], atLeast(15)),
      reported('read 100,000 for replay', [ours, 'ms']),
      reported('the same as rows', [theirs, 'ms']),
      reported('made, written and sealed', [city.observations / writeMs, 'thousand a second']),
    ],
  });
}

/** Milliseconds for 100,000 changed rows, read and applied tick by tick. */
function readStates(city: HistoryCity): number {
  const [file] = city.files.of('state', fleet.slug);
  const places = readHeads<StateHead>(file?.file ?? '');
  const times = Array.from({ length: ROUNDS }, (_, round) => {
    let rows = 0;
    const began = monotonicMs();
    for (const place of places.slice(round % places.length)) {
      const receiver = receiverOf(fleet);
      for (const { frame } of readFrames(place)) {
        receiver.apply(frame);
        rows += receiver.table.changedCount;
        receiver.table.clearChanges();
        if (rows >= READ) return ((monotonicMs() - began) * READ) / rows;
      }
    }
    return ((monotonicMs() - began) * READ) / rows;
  });
  return median(times);
}

function writeRows(city: HistoryCity, file: string): { bytes: number; count: number } {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  db.exec('CREATE TABLE obs (id TEXT, t INTEGER, lon REAL, lat REAL, heading INTEGER, speed INTEGER)');
  db.exec('CREATE INDEX obs_t ON obs (t); CREATE INDEX obs_id_t ON obs (id, t)');
  const insert = db.prepare('INSERT INTO obs VALUES (?, ?, ?, ?, ?, ?)');
  let count = 0;
  db.exec('BEGIN');
  for (const { file: observed } of city.files.of('observed', fleet.slug)) {
    for (const place of readHeads<ObservedHead>(observed)) {
      for (const { batch } of readBlocks(place, city.schemas)) {
        for (let index = 0; index < batch.count; index += 1) {
          const { key, validAt, values } = batch.row(index) as ReturnType<typeof batch.row> & MovingRow;
          const [lon, lat] = values.position;
          insert.run(key, validAt, lon, lat, values.headingDeg, values.speedKmh);
          count += 1;
        }
      }
    }
  }
  db.exec('COMMIT');
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  return { bytes: statSync(file).size, count };
}

interface MovingRow {
  readonly values: {
    readonly position: readonly [number, number];
    readonly headingDeg: number;
    readonly speedKmh: number;
  };
}

function readRows(file: string): number {
  const db = new DatabaseSync(file, { readOnly: true });
  const select = db.prepare('SELECT * FROM obs WHERE t >= ? ORDER BY t LIMIT ?');
  const times = Array.from({ length: ROUNDS }, (_, round) => {
    const began = monotonicMs();
    const { length } = select.all(START + round * 60_000, READ);
    return ((monotonicMs() - began) * READ) / length;
  });
  db.close();
  return median(times);
}
