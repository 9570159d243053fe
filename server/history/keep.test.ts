// What is kept, thinned and given up, by class and by room.
import { cpSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ObservationBatch, StreamEncoder } from '../../contracts/frame.ts';
import { LayerTable } from '../../contracts/table.ts';
import { bigLayer } from './big-layer.test-kit.ts';
import { HistoryFiles } from './history-files.ts';
import type { HistoryFile } from './history-files.ts';
import type { KeepOrder, KeepReport } from './keep.ts';
import type { Retention } from '../../contracts/layer.ts';
import { keepHistory } from './keep.ts';
import { Gathered, observedPart, readBlocks } from './observed-part.ts';
import type { ObservedHead } from './observed-part.ts';
import { SchemaShelf } from '../kit/schema-shelf.ts';
import { readHeads, writeSegments } from './segment-file.ts';
import { StateReader } from './state-reader.ts';
import type { StateFrame } from './state-segment.ts';
import { stateSegment } from './state-segment.ts';

const DAY = 24 * 3_600_000;
const NOON = Date.UTC(2026, 6, 15, 12);
const stream = { world: 'live', label: 'sensitive', rateS: 1, cells: [''], cellOf: () => 0 } as const;

function newHistory() {
  const files = new HistoryFiles(mkdtempSync(path.join(tmpdir(), 'keep-')));
  const schemas = new SchemaShelf(path.join(files.root, 'schemas'));
  schemas.keep([bigLayer]);
  return { files, schemas };
}
type Kept = ReturnType<typeof newHistory>;

function keep(
  { files, schemas }: Kept,
  {
    now = NOON,
    retention = 'telemetry',
    maxBytes = 1e12,
  }: Partial<Pick<KeepOrder, 'now' | 'maxBytes'>> & { retention?: Retention } = {},
): KeepReport {
  return keepHistory({ files, schemas, now, maxBytes, otherBytes: 0, retentionOf: () => retention });
}

/** Twenty minutes of ten stations, one state a second, in four segments. → values by second */
function writeStates({ files, schemas }: Kept, from: number): { file: HistoryFile; values: number[][] } {
  const table = new LayerTable(bigLayer);
  const encoder = new StreamEncoder(table, stream);
  const parts: StateFrame[][] = [];
  const values: number[][] = [];
  for (let second = 0; second < 1200; second += 1) {
    const knownAt = from + second * 1000;
    for (let id = 0; id < 10; id += 1) {
      if (second % (id + 1) > 0) continue;
      table.put({ key: `k${id}`, validAt: knownAt, source: 'x', values: { value: second % 900 } });
    }
    encoder.note();
    const [delta] = encoder.encode(second + 1, knownAt);
    table.clearChanges();
    if (second % 300 === 0) {
      parts.push([{ knownAt, tick: second + 1, frame: encoder.key(0, second + 1, knownAt) }]);
    } else if (delta) parts.at(-1)?.push({ knownAt, tick: second + 1, frame: delta.bytes });
    values.push([...table.rows()].map((row) => row.values.value ?? -1));
  }
  const file = files.at('state', bigLayer.slug, { moment: from, tier: 'raw' });
  const segments = parts.map((frames, at) => {
    const to = parts[at + 1]?.[0]?.knownAt ?? from + 1_199_000;
    return stateSegment(schemas, { frames, to, tier: 'raw', window: `${at}` });
  });
  writeSegments(file.file, segments);
  return { file, values };
}

/** An hour of three stations, an observation in ten seconds. */
function writeObservations({ files }: Kept, from: number): HistoryFile {
  const gathered = new Gathered(bigLayer);
  for (let at = 0; at < 360; at += 1) {
    const batch = new ObservationBatch(bigLayer);
    for (let id = 0; id < 3; id += 1) {
      batch.append({ key: `k${id}`, validAt: from + at * 10_000, source: 'x', values: { value: at } });
    }
    gathered.add(batch, from + at * 10_000 + 2000);
  }
  const file = files.at('observed', bigLayer.slug, { moment: from, tier: 'raw' });
  const part = observedPart(gathered, { tier: 'raw', source: 'x#0' });
  writeSegments(file.file, part ? [part] : []);
  return file;
}

test('telemetry grows coarser with age: each kept state is exactly what stood then', () => {
  const history = newHistory();
  const from = NOON - 9 * DAY;
  const { file, values } = writeStates(history, from);
  expect(keep(history).thinned).toEqual([`state/test-station/${path.basename(file.file)}`]);
  expect(existsSync(file.file)).toBe(false);
  const reader = new StateReader(history.files, history.schemas);
  for (const second of [5, 9, 19, 250, 333, 799, 1199]) {
    const state = reader.at(bigLayer.slug, from + second * 1000 + 500);
    expect(state?.tier).toBe('10s');
    // The state at the end of the last step that is over, or the very first one.
    const stands = Math.max(0, second === 1199 ? 1199 : Math.floor((second + 1) / 10) * 10 - 1);
    const rows = [...(state?.table.rows() ?? [])].map((row) => (row.values as { value: number }).value);
    expect(rows).toEqual(values[stands]);
  }
  keep(history, { now: NOON + 30 * DAY });
  expect(new StateReader(history.files, history.schemas).at(bigLayer.slug, from + 1_199_000)?.tier).toBe(
    '1m',
  );
  keep(history, { now: NOON + 300 * DAY });
  expect(history.files.all().map(({ tier }) => tier)).toEqual(['1m']);
  keep(history, { now: NOON + 3000 * DAY });
  expect(history.files.all()).toEqual([]);
});

test('of observations the last one of each step stays', () => {
  const history = newHistory();
  writeObservations(history, NOON - 40 * DAY);
  keep(history);
  expect(history.files.all().map(({ tier }) => tier)).toEqual(['1m']);
  const [place] = readHeads<ObservedHead>(history.files.all()[0]?.file ?? '');
  const blocks = place ? [...readBlocks(place, history.schemas)] : [];
  const values = blocks.flatMap(({ batch }) =>
    Array.from({ length: batch.count }, (_, index) => batch.row(index)).filter(({ key }) => key === 'k1'),
  );
  expect(values.map((row) => (row.values as { value: number }).value)).toEqual(
    Array.from({ length: 60 }, (_, minute) => minute * 6 + 5),
  );
});

test('when room is short the oldest day goes first, today stays, and records are never given up', () => {
  const days = [9, 5, 3, 1, 0].map((ago) => NOON - ago * DAY);
  const write = (history: Kept): void => {
    for (const day of days) writeObservations(history, day);
  };
  const short = newHistory();
  write(short);
  const bytes = keep(short, { now: NOON - 9 * DAY }).bytes;
  const { shortened } = keep(short, { now: NOON - 2 * DAY, maxBytes: bytes * 0.7 });
  expect(shortened.map((name) => name.slice(-16, -8))).toEqual(['20260706', '20260710']);
  expect(keep(short, { maxBytes: 0 }).shortened).toHaveLength(2);
  expect(short.files.all().map(({ day }) => day)).toEqual([NOON - DAY / 2]);

  const records = newHistory();
  write(records);
  const all = records.files.all().length;
  keep(records, { retention: 'record', maxBytes: 0 });
  keep(records, { retention: 'record', now: NOON + 100_000 * DAY, maxBytes: 0 });
  expect(records.files.all()).toHaveLength(all);
});

test('the oldest telemetry goes before any state, records never; each class says what it holds and how far it reaches', () => {
  const { files, schemas } = newHistory();
  const history = { files, schemas };
  for (const ago of [5, 3, 1]) writeObservations(history, NOON - ago * DAY);
  for (const layer of ['of-states', 'of-records']) {
    cpSync(path.join(files.root, 'observed', bigLayer.slug), path.join(files.root, 'observed', layer), { recursive: true }); // prettier-ignore
  }
  const classOf: Record<string, Retention> = { 'of-states': 'state', 'of-records': 'record' };
  const retentionOf = (layer: string): Retention => classOf[layer] ?? 'telemetry';
  const run = (maxBytes: number) =>
    keepHistory({ files, schemas, now: NOON, maxBytes, otherBytes: 0, retentionOf });
  const { bytes, classes } = run(1e12);
  const telemetry = classes.find(({ retention }) => retention === 'telemetry');
  expect(telemetry).toEqual({ retention: 'telemetry', bytes: bytes / 3, rawFrom: NOON - 5.5 * DAY, from: NOON - 5.5 * DAY }); // prettier-ignore
  const dayOf = (name: string): string => `${name.split('/')[1]} ${name.slice(-16, -8)}`;
  expect(run(bytes * 0.8).shortened.map(dayOf)).toEqual([
    `${bigLayer.slug} 20260710`,
    `${bigLayer.slug} 20260712`,
  ]);
  expect(run(0).shortened.map(dayOf)).toEqual([
    `${bigLayer.slug} 20260714`,
    ...['20260710', '20260712', '20260714'].map((day) => `of-states ${day}`),
  ]);
  const left = run(0).classes.filter((one) => one.bytes > 0);
  expect(left.map(({ retention, from }) => [retention, from])).toEqual([['record', NOON - 5.5 * DAY]]);
});

test('a day that cannot be read is reported and left as it is', () => {
  const history = newHistory();
  const { file } = writeStates(history, NOON - 9 * DAY);
  const damaged = { ...history, schemas: new SchemaShelf(path.join(history.files.root, 'nowhere')) };
  const { faults } = keep(damaged);
  expect(faults[0]).toMatch(/its columns of then are not known/);
  expect(existsSync(file.file)).toBe(true);
});
