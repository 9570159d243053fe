import { copyFileSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { number, title } from '../../contracts/declare.ts';
import { ObservationBatch } from '../../contracts/frame.ts';
import type { Layer } from '../../contracts/layer.ts';
import { defineLayer } from '../../contracts/layer.ts';
import { noiseStation } from '../../contracts/layers/noise-station.ts';
import { SchemaShelf } from '../kit/schema-shelf.ts';
import { HistoryFiles } from './history-files.ts';
import { Journal } from './journal.ts';
import { readTail } from './journal-tail.ts';
import { ObservedReader } from './observed-reader.ts';
import { OpenHours } from './open-hours.ts';
import { rebuildSeries } from './rebuild-series.ts';
import { closedHours, sealHour } from './seal-hour.ts';
import { SeriesIndex } from './series-index.ts';
import { readSeries } from './series-read.ts';
import { silentLog } from './silent-log.test-kit.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const START = Date.UTC(2026, 6, 15, 4);
const SINCE = START + 57.5 * MINUTE;

/** As it was before it had what it has now, with a column it has no more. */
const earlier = defineLayer({
  ...noiseStation,
  columns: {
    leqDbA: noiseStation.columns.leqDbA,
    gone: number(title('旧值', 'Gone'), ['dBA', 0.1, 0, 160]),
  },
});

class Past {
  readonly root = mkdtempSync(path.join(tmpdir(), 'tail-'));
  readonly journal = path.join(this.root, 'journal/live');
  readonly history = new HistoryFiles(path.join(this.root, 'history/live'));
  readonly shelf = path.join(this.root, 'schemas');
  readonly schemas = new SchemaShelf(this.shelf);
  readonly faults: unknown[] = [];
  readonly onFault = (error: unknown): number => this.faults.push(error);
  readonly hours = path.join(this.journal, noiseStation.retention);

  /** `said`: moment known → level. */
  async write(said: readonly (readonly [at: number, leqDbA: number])[], layer: Layer): Promise<void> {
    this.schemas.keep([layer, noiseStation]);
    const journal = new Journal({
      folder: path.dirname(this.journal),
      world: 'live',
      maxBytes: 1e9,
      log: silentLog,
    });
    for (const [at, leqDbA] of said) {
      const batch = new ObservationBatch(layer);
      batch.append({ key: 'n1', validAt: at - 30_000, source: 'x', values: { leqDbA } });
      const frame = batch.encode({ world: 'live', tick: at / 1000, knownAt: at });
      journal.append(layer.retention, { number: at / 1000, at }, [frame]);
    }
    await journal.close();
  }

  seal(now: number): void {
    for (const file of closedHours(this.hours, now)) sealHour(file, this.history, this.schemas);
  }

  tail(since: number): unknown[] {
    return [...readTail(this, since)].flatMap((batch) =>
      Array.from({ length: batch.count }, (_, at) => batch.row(at).values['leqDbA']),
    );
  }
}

const said = [
  [START + 57 * MINUTE, 1],
  [START + 58 * MINUTE, 2],
  [START + 59 * MINUTE, 3],
  [START + HOUR + MINUTE, 4],
] as const;

test('what came after a moment is found in the journal, in what is sealed since, and in what is half sealed', async () => {
  const past = new Past();
  await past.write(said, noiseStation);
  expect(past.tail(SINCE)).toEqual([2, 3, 4]);
  const open = path.join(past.hours, readdirSync(past.hours).sort()[0] ?? '');
  const half = `${open}.1.sealing`;
  copyFileSync(open, path.join(past.root, 'kept'));
  past.seal(START + HOUR + 2 * MINUTE);
  expect(readdirSync(past.hours)).toHaveLength(1);
  expect(past.tail(SINCE)).toEqual([2, 3, 4]);
  expect(past.tail(START + HOUR)).toEqual([4]);
  expect(past.tail(START + HOUR + 2 * MINUTE)).toEqual([]);
  copyFileSync(path.join(past.root, 'kept'), half);
  expect(past.tail(SINCE)).toEqual([2, 3, 2, 3, 4]);
  expect(past.faults).toEqual([]);
});

test('what was written under columns nobody knows is told and left out', async () => {
  const past = new Past();
  await past.write(said, earlier);
  const stranger = { ...past, schemas: new SchemaShelf(path.join(past.root, 'nowhere')) };
  expect([...readTail(stranger, START)]).toEqual([]);
  expect(past.faults).toHaveLength(said.length);
  expect(String(past.faults[0])).toMatch(/noise-station: its columns of then are not known/);
});

test('charts read what an earlier declaration wrote, from parts, from the journal, and after a start', async () => {
  const past = new Past();
  await past.write(said, earlier);
  past.seal(START + HOUR + 2 * MINUTE);
  const reader = new ObservedReader(past.history, past.schemas, new OpenHours(past.journal, past.schemas));
  const ask = { layer: noiseStation, keys: ['n1'], from: START, to: START + 2 * HOUR };
  const wanted = said.map(([at]) => at - 30_000);
  const [series] = readSeries(reader, ask);
  expect([...(series?.[1].validAt ?? [])]).toEqual(wanted);

  const index = new SeriesIndex([noiseStation]);
  const order = {
    layersFolder: path.join(import.meta.dirname, '../../contracts/layers'),
    root: past.history.root,
    journal: past.journal,
    schemas: past.shelf,
    tilesets: null,
    world: 'live',
    now: START + 2 * HOUR,
  };
  await rebuildSeries(index, order, silentLog).done;
  expect([...(index.layers.get('noise-station')?.keys.get('n1')?.validAt ?? [])]).toEqual(wanted);
});
