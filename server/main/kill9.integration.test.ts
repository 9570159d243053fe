// The server killed at random points while people act and a source reports: what it said yes to is there.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { seeded } from '../../contracts/codec/random-rows.test-kit.ts';
import { readJournal } from '../history/journal.ts';
import { journalFiles } from '../history/journal-names.ts';
import { kill9 } from './kill9.test-kit.ts';

const LOOPS = 10;
const SEED = 20_260_715;

const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

test('killed ten times under load: no acknowledged action lost or moved, telemetry of a second at most, ready in three', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'kill9-'));
  const report = await kill9({ dataDir, loops: LOOPS, random: seeded(SEED) });
  expect(report).toMatchObject({ lostActions: 0, misplacedActions: 0, faults: [] });
  expect(report.actions).toBeGreaterThan(LOOPS);
  expect(report.observations).toBeGreaterThan(LOOPS);
  // Other programs may hold one life or one start up; the bench judges each of them.
  expect(middle(report.lostMs)).toBeLessThanOrEqual(1000);
  expect(middle(report.readyCpuMs)).toBeLessThanOrEqual(3000);
  const records = journalFiles(path.join(dataDir, 'testville/journal/live/state')).flatMap(({ file }) =>
    readJournal(file),
  );
  // Numbers of ticks go on where the process before was killed.
  const ticks = records.map(({ tick }) => tick);
  expect([...ticks].sort((a, b) => a - b)).toEqual(ticks);
}, 240_000);
