// What was true: at every moment the value that speaks of it, whenever it became known, sealed or not.
import fc from 'fast-check';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { FrameReceiver, ObservationBatch } from '../../contracts/frame.ts';
import { riverGauge } from '../../contracts/layers/river-gauge.ts';
import type { Layer } from '../../contracts/layer.ts';
import { LayerTable } from '../../contracts/table.ts';
import { SchemaShelf } from '../kit/schema-shelf.ts';
import type { WorldLayer } from '../state/port.ts';
import { clockDifferences } from './differences.ts';
import { HistoryFiles } from './history-files.ts';
import { Journal } from './journal.ts';
import { JournalFollower } from './journal-follower.ts';
import { LateHours } from './late-hours.ts';
import { LateReader } from './late-reader.ts';
import { Recordings } from './recordings.ts';
import { ReplayDesk } from './replay.ts';
import { sealAll } from './seal-all.ts';
import { silentLog } from './silent-log.test-kit.ts';
import { StateReader } from './state-reader.ts';
import { StateRecorder } from './state-recorder.ts';
import { makeTrue } from './true-row.ts';
import { WindowLog } from './window-file.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 6, 15, 3, 30);
const LENGTH_S = 2 * 3600;
const layer = riverGauge as unknown as Layer;

interface Report {
  readonly key: string;
  /** Seconds after the start: of its moment, and of when it was known. */
  readonly validS: number;
  readonly knownS: number;
  readonly level: number;
}

/** A city of gauges in which the reports come when they are known; what is newest counts. */
async function record(reports: readonly Report[], sealsAtS: number) {
  const root = mkdtempSync(path.join(tmpdir(), 'true-clock-'));
  const files = new HistoryFiles(path.join(root, 'history/live'));
  const schemas = new SchemaShelf(path.join(root, 'schemas'));
  schemas.keep([layer]);
  const held: WorldLayer = {
    layer,
    table: new LayerTable(layer),
    batch: new ObservationBatch(layer),
    updatedAt: null,
  };
  const facts = { id: 'live', kind: 'live', parent: null } as const;
  const world = { facts, layers: new Map([[layer.slug, held]]), tick: 0 };
  const journal = new Journal({
    folder: path.join(root, 'journal'),
    world: 'live',
    maxBytes: 1e9,
    log: silentLog,
  });
  const windows = new WindowLog({ folder: files.open, maxWaiting: 1e8, log: silentLog });
  const followers = [new JournalFollower(world, journal), new StateRecorder(world, windows, () => undefined)];
  const folder = path.join(root, 'journal/live');
  const byTick = Map.groupBy(reports, ({ knownS }) => knownS);
  for (let second = 0; second <= LENGTH_S; second += 1) {
    const at = START + second * SECOND;
    for (const { key, validS, level } of byTick.get(second) ?? []) {
      const validAt = START + validS * SECOND;
      const row = { key, validAt, source: 'hand', values: { name: key, levelM: level } } as never;
      held.batch.append(row);
      const slot = held.table.slotOf(key);
      if (slot < 0 || validAt >= (held.table.validAt[slot] as number)) held.table.put(row);
    }
    if (second % 60 !== 0 && !byTick.has(second) && second !== sealsAtS) continue;
    for (const follower of followers) follower.tick({ number: second + 1, at });
    held.batch.clear();
    held.table.clearChanges();
    if (second !== sealsAtS) continue;
    await Promise.all([journal.flush(), windows.flush()]);
    sealAll({ files, schemas, journal: folder, now: at + 2 * MINUTE, openFiles: [...journal.openFiles, ...windows.openFiles] }); // prettier-ignore
  }
  await Promise.all([journal.close(), windows.close()]);
  const late = new LateReader(files, schemas, new LateHours({ folder, schemas, layerOf: () => layer }));
  const recordings = new Recordings(files);
  const desk = new ReplayDesk({ recordings, late, schemas, world: 'live', layerOf: () => layer });
  return { files, schemas, late, desk };
}

const levels = (table: LayerTable): Record<string, unknown> =>
  Object.fromEntries([...table.rows()].map(({ key, values }) => [key, values['levelM']]).sort());

/** Of each gauge the newest value that speaks of a moment by then; the last that came, where two do. */
function truth(reports: readonly Report[], second: number): Record<string, unknown> {
  const inOrder = reports
    .filter(({ validS }) => validS <= second)
    .sort((a, b) => a.validS - b.validS || a.knownS - b.knownS);
  return Object.fromEntries([...new Map(inOrder.map(({ key, level }) => [key, level]))].sort());
}

/** At once, or so late that it counts as late. */
const anyReports = fc
  .array(
    fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      validS: fc.integer({ min: 0, max: LENGTH_S - 1900 }),
      lagS: fc.oneof(fc.constant(0), fc.integer({ min: 20, max: 1800 })),
      level: fc.integer({ min: 1, max: 500 }),
    }),
    { minLength: 1, maxLength: 24 },
  )
  .map((all) => all.map(({ validS, lagS, ...one }) => ({ ...one, validS, knownS: validS + lagS })))
  // One report of a gauge and a moment at a time: what two of one tick say has no order.
  .map((all) => [...new Map(all.map((one) => [`${one.key} ${one.knownS}`, one])).values()]);

test('whatever came late, every moment shows what was true then: sought, and played', async () => {
  const seal = fc.integer({ min: 0, max: LENGTH_S });
  await fc.assert(
    fc.asyncProperty(anyReports, seal, async (reports, sealsAtS) => {
      const { desk, files, schemas, late } = await record(reports, sealsAtS);
      const receiver = new FrameReceiver(layer, 'sensitive');
      const go = (from: number, to: number, isFresh: boolean): void => {
        const ask = {
          reader: 'r',
          layers: [layer.slug],
          label: 'sensitive',
          areas: ['*'],
          clock: 'true',
          now: START,
        } as const;
        const { states } = desk.stretch({ ...ask, from, to, stepMs: 0, isFresh });
        for (const { frames } of states) for (const frame of frames) receiver.apply(frame);
      };
      const moments = reports.flatMap(({ validS, knownS }) => [validS, knownS - 2, knownS, knownS + 3]);
      let from = START;
      go(from, from, true);
      for (const second of [...new Set(moments)].sort((a, b) => a - b)) {
        const at = START + second * SECOND;
        if (at <= from) continue;
        while (from < at) {
          const to = Math.min(at, from + 20 * MINUTE);
          go(from, to, false);
          from = to;
        }
        expect([second, levels(receiver.table)]).toEqual([second, truth(reports, second)]);
        const table = new StateReader(files, schemas).at(layer.slug, at)?.table;
        if (!table) continue;
        late.follow([layer]);
        makeTrue(table, late.of(layer, { from: at, to: at }), at);
        expect([second, levels(table)]).toEqual([second, truth(reports, second)]);
      }
    }),
    { numRuns: 12 },
  );
}, 60_000);

test('a correction is told with both values and when it became known; what came at once is no difference', async () => {
  const reports: Report[] = [
    { key: 'a', validS: 60, knownS: 60, level: 100 },
    { key: 'b', validS: 60, knownS: 63, level: 7 },
    { key: 'a', validS: 60, knownS: 900, level: 180 },
    { key: 'c', validS: 120, knownS: 600, level: 5 },
  ];
  const { files, schemas, late } = await record(reports, LENGTH_S);
  const sources = { states: new StateReader(files, schemas), late };
  const at = (second: number) =>
    clockDifferences(sources, {
      layers: [layer],
      label: 'sensitive',
      areas: ['*'],
      at: START + second * SECOND,
    });
  const [told] = at(300).layers;
  expect({ ...told, rows: told?.rows.map(({ key, kind }) => [kind, key]) }).toEqual({
    ...{ layer: layer.slug, added: 1, gone: 0, changed: 1 },
    rows: [
      ['new', 'c'],
      ['changed', 'a'],
    ],
  });
  const change = told?.rows[1];
  expect(change?.columns).toEqual([{ column: 'levelM', before: 100, after: 180 }]);
  expect(Math.abs((change?.knownAt ?? 0) - START - 900 * SECOND)).toBeLessThanOrEqual(2 * SECOND);
  expect(at(50).layers).toEqual([]);
  expect(at(902).layers).toEqual([]);
});

test('what another source said, and what had ended by then, does not change the truth', async () => {
  const vehicles = { ...layer, expireS: HOUR / SECOND };
  const { files, schemas, late } = await record([{ key: 'a', validS: 0, knownS: 900, level: 3 }], 60);
  const all = late.of(vehicles, { from: START + 300 * SECOND, to: START + 300 * SECOND });
  late.follow([layer]);
  const found = late.of(vehicles, { from: START + 300 * SECOND, to: START + 300 * SECOND });
  expect([all.length, found.length]).toEqual([0, 1]);
  const table = new LayerTable(vehicles);
  makeTrue(table, found, START + HOUR);
  expect(table.size).toBe(0);
  makeTrue(table, found, START + 300 * SECOND);
  expect(levels(table)).toEqual({ a: 3 });
  table.put({ key: 'a', validAt: START - SECOND, source: 'other', values: { levelM: 9 } });
  makeTrue(table, found, START + 300 * SECOND);
  expect(levels(table)).toEqual({ a: 9 });
  expect(new StateReader(files, schemas).at(layer.slug, START + 300 * SECOND)?.table.size ?? 0).toBe(0);
});
