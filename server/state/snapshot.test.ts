import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Dice, churn, randomLayer, rowsText } from '../../contracts/codec/random-rows.test-kit.ts';
import { title } from '../../contracts/declare.ts';
import type { Layer } from '../../contracts/layer.ts';
import { defineLayer } from '../../contracts/layer.ts';
import { ticket } from '../../contracts/layers/ticket.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { createSystemClock } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import { LiveWorld } from './live-world.ts';
import type { RestoreOptions } from './restore.ts';
import { restore } from './restore.ts';
import { readSnapshot } from './snapshot-file.ts';
import { Snapshots } from './snapshot.ts';
import type { SnapshotOptions } from './snapshot.ts';
import { TickCounter } from './tick-counter.ts';

const NOW = Date.UTC(2026, 6, 15, 4);
const clock = createSystemClock();
let folder: string;
let logged: [string, object][];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'snapshot-'));
  logged = [];
});
afterEach(() => expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([]));

const note = (event: string, fields: object = {}): void => void logged.push([event, fields]);
const log: Logger = { debug: () => undefined, info: note, warn: note, error: note, child: () => log };
const events = (): string[] => logged.map(([event]) => event);
const file = (): string => path.join(folder, 'live.jsonl.gz');

function newWorld(...layers: readonly Layer[]): LiveWorld {
  const ticks = new TickCounter(path.join(folder, 'tick'));
  ticks.open(NOW);
  return new LiveWorld({ id: 'live', kind: 'live', parent: null }, layers, ticks);
}

function snapshotsOf(world: LiveWorld, options: Partial<SnapshotOptions> = {}): Snapshots {
  const usual: SnapshotOptions = {
    file: file(),
    city: 'testville',
    world,
    clock,
    log,
    keeps: () => true,
    revisionOf: () => 3,
    cursors: () => ({ desk: { cursor: '42' }, gps: { last: 'é' } }),
    settle: () => Promise.resolve(true),
  };
  return new Snapshots({ ...usual, ...options }, { desk: { cursor: 'before' } });
}

function restoreInto(world: LiveWorld, options: Partial<RestoreOptions> = {}) {
  const usual: RestoreOptions = {
    file: file(),
    city: 'testville',
    world,
    log,
    now: clock.now(),
    accepts: () => true,
    earlier: () => null,
    adopt: () => undefined,
  };
  return restore({ ...usual, ...options }).cursors;
}

const putVehicle = (world: LiveWorld, key: string, source = 'gps'): number =>
  world.table('vehicle-position').put({ key, validAt: NOW, source, values: { position: [105, 32] } });
const putTicket = (world: LiveWorld, key: string): number =>
  world.table('ticket').put({ key, validAt: NOW, source: 'desk', values: { title: `工单 ${key}` } });

test('every kind of row comes back as it was, with its revision, beside the cursors', async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const dice = new Dice(seed);
    const layer = randomLayer(dice);
    const world = newWorld(layer);
    const table = world.table(layer.slug);
    for (let turn = 0; turn < 8; turn += 1) {
      churn(dice, table, NOW);
      if (turn % 2 === 0) table.clearChanges();
    }
    await snapshotsOf(world).begin();
    const again = newWorld(layer);
    const adopted: unknown[] = [];
    const cursors = restoreInto(again, { adopt: (_, { key, revision }) => adopted.push([key, revision]) });
    const columns = Object.keys(layer.columns);
    expect(rowsText(again.table(layer.slug), columns), `seed ${seed}`).toEqual(rowsText(table, columns));
    expect(cursors).toEqual({ desk: { cursor: '42' }, gps: { last: 'é' } });
    expect(adopted).toEqual([...table.rows()].map(({ key }) => [key, 3]));
  }
});

test('cursors are those of the start of the pass, and older ones where the history could not be written', async () => {
  const world = newWorld(vehiclePosition);
  for (let at = 0; at < 3000; at += 1) putVehicle(world, `v${at}`);
  let cursor = 'start';
  let isSettled = true;
  const snapshots = snapshotsOf(world, {
    cursors: () => ({ desk: { cursor } }),
    settle: () => Promise.resolve(isSettled),
  });
  const pass = snapshots.begin();
  expect(snapshots.begin()).toBe(pass);
  await clock.sleep(10);
  cursor = 'later';
  await pass;
  expect(readSnapshot(file())?.cursors).toEqual({ desk: { cursor: 'start' } });
  isSettled = false;
  await snapshots.begin();
  expect(readSnapshot(file())?.cursors).toEqual({ desk: { cursor: 'start' } });
});

test('rows that come and go during a pass leave a whole snapshot', async () => {
  const world = newWorld(vehiclePosition);
  const table = world.table('vehicle-position');
  for (let at = 0; at < 5000; at += 1) putVehicle(world, `v${at}`);
  world.advance(NOW);
  const pass = snapshotsOf(world).begin();
  for (let turn = 0; turn < 5; turn += 1) {
    await clock.sleep(15);
    for (let at = turn; at < 5000; at += 50) table.remove(at, 'gone');
    for (let at = 0; at < 60; at += 1) putVehicle(world, `n${turn}-${at}`);
    world.advance(NOW);
  }
  await pass;
  const keys = (readSnapshot(file())?.layers[0]?.rows ?? []).map(({ head }) => head[0]);
  expect(new Set(keys).size).toBe(keys.length);
  const kept = new Set(keys);
  const living = [...table.rows()].map(({ key }) => key).filter((key) => key.startsWith('v'));
  expect(living.filter((key) => !kept.has(key))).toEqual([]);
});

test('a stop during a pass writes what is known then', async () => {
  const world = newWorld(vehiclePosition);
  for (let at = 0; at < 5000; at += 1) putVehicle(world, `v${at}`);
  const snapshots = snapshotsOf(world);
  void snapshots.begin();
  await clock.sleep(5);
  putVehicle(world, 'last');
  await snapshots.finish();
  expect(readSnapshot(file())?.layers[0]?.rows).toHaveLength(5001);
  expect(events()).toEqual([]);
});

test('damage anywhere is one line in the log and an empty start without cursors, never wrong rows', async () => {
  const world = newWorld(ticket);
  for (let at = 0; at < 200; at += 1) putTicket(world, `t${at}`);
  await snapshotsOf(world).begin();
  const whole = readFileSync(file());
  const dice = new Dice(7);
  const damaged = [
    Buffer.alloc(0),
    whole.subarray(0, whole.length - 1),
    whole.subarray(0, whole.length >> 1),
    ...Array.from({ length: 60 }, () => {
      const bytes = Buffer.from(whole);
      // The first ten bytes are the head of gzip, of which six say nothing about the content.
      const at = 10 + dice.below(bytes.length - 10);
      bytes[at] = (bytes[at] as number) ^ (1 << dice.below(8));
      return bytes;
    }),
  ];
  for (const bytes of damaged) {
    logged = [];
    writeFileSync(file(), bytes);
    const again = newWorld(ticket);
    expect(restoreInto(again)).toEqual({});
    expect([events(), again.table('ticket').size]).toEqual([['state.unusable'], 0]);
    expect(JSON.stringify(logged)).toContain(file());
  }
});

test.each<[string, Partial<RestoreOptions>]>([
  ['another city', { city: 'elsewhere' }],
  ['a time that is still to come', { now: clock.now() - 3_600_000 }],
])('a snapshot of %s is not used', async (_what, options) => {
  const world = newWorld(ticket);
  putTicket(world, 't1');
  await snapshotsOf(world).begin();
  const again = newWorld(ticket);
  expect(restoreInto(again, options)).toEqual({});
  expect([events(), again.table('ticket').size]).toEqual([['state.unusable'], 0]);
});

test('no snapshot is an ordinary first start', () => {
  expect(restoreInto(newWorld(ticket))).toEqual({});
  expect(events()).toEqual([]);
});

test('a layer whose columns changed comes back by their names; where nobody knows how they were it is skipped alone', async () => {
  const world = newWorld(ticket, vehiclePosition);
  putTicket(world, 't1');
  putVehicle(world, 'v1');
  await snapshotsOf(world).begin();
  const changed = defineLayer({
    ...ticket,
    columns: { ...ticket.columns, extra: { type: 'text', title: title('新', 'New'), max: 5 } },
  });
  const again = newWorld(changed, vehiclePosition);
  expect(restoreInto(again)).toEqual({ gps: { last: 'é' } });
  expect(events()).toEqual(['state.layer-skipped', 'state.restored']);
  expect([again.table('ticket').size, again.table('vehicle-position').size]).toEqual([0, 1]);

  const whole = newWorld(changed, vehiclePosition);
  const earlier = (slug: string, schema: number) =>
    slug === 'ticket' && schema === ticket.schema ? ticket : null;
  expect(restoreInto(whole, { earlier })).toEqual({ desk: { cursor: '42' }, gps: { last: 'é' } });
  expect([...whole.table('ticket').rows()]).toMatchObject([{ values: { title: '工单 t1', extra: null } }]);
});

test('rows nobody stands for any more stay away, and so do the cursors beside them', async () => {
  const world = newWorld(vehiclePosition);
  putVehicle(world, 'v1', 'gps');
  putVehicle(world, 'd1', 'desk');
  await snapshotsOf(world).begin();
  const again = newWorld(vehiclePosition);
  const adopted: string[] = [];
  const accepts: RestoreOptions['accepts'] = (_, { source }) => source === 'gps';
  expect(restoreInto(again, { accepts, adopt: (_, { key }) => adopted.push(key) })).toEqual({
    gps: { last: 'é' },
  });
  expect([adopted, again.table('vehicle-position').size]).toEqual([['v1'], 1]);
});

test('a disk that refuses is said once, and again when it works', async () => {
  const world = newWorld(ticket);
  const blocked = path.join(folder, 'blocked');
  writeFileSync(blocked, '');
  const snapshots = snapshotsOf(world, { file: path.join(blocked, 'live.jsonl.gz') });
  await snapshots.begin();
  await snapshots.begin();
  expect([events(), snapshots.isFailing]).toEqual([['state.not-written'], true]);
});
