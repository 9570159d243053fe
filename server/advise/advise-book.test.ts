// The desk of decision models over real threads: runs, what goes wrong in them, what is kept, and what adopting makes.
import { afterAll, describe, expect, it } from 'vitest';
import { labels } from '../../contracts/column.ts';
import { advice as adviceLayer } from '../../contracts/layers/advice.ts';
import { levelForecast } from '../../contracts/layers/level-forecast.ts';
import { riverGauge } from '../../contracts/layers/river-gauge.ts';
import type { Layer, Row } from '../../contracts/layer.ts';
import type { AdoptRequest } from '../../contracts/records/advice.ts';
import type { Incident } from '../../contracts/records/incident.ts';
import { LayerTable } from '../../contracts/table.ts';
import { ObservationBatch } from '../../contracts/frame.ts';
import type { GivenTask } from '../command/port.ts';
import { createManualClock, createSystemClock } from '../kit/clock.ts';
import { createMemoryLog } from '../outbound/memory-log.test-kit.ts';
import type { WorldLayer } from '../state/port.ts';
import { adviceRows } from './advice-rows.ts';
import { AdviseBook } from './advise-book.ts';
import { ThreadPool } from './model-pool.ts';
import type { DecisionTrigger, OfferedModel } from './port.ts';
import trialModel from './trial-model.test-kit.ts';

const NOW = Date.UTC(2026, 6, 16, 12);
const wall = createSystemClock();
const pool = new ThreadPool(wall);
afterAll(() => pool.close());

const me = { id: 'chief', reaches: () => true, labels };
const flood = {
  ...{ id: 7, seq: 12, kind: 'flood', region: '990101', unit: null, assisting: [] },
} as unknown as Incident;

function rig(triggers: readonly DecisionTrigger[] = []) {
  const clock = createManualClock(NOW);
  const log = createMemoryLog(clock.now);
  const world = new Map<string, WorldLayer>(
    ([adviceLayer, levelForecast, riverGauge] as readonly Layer[]).map((layer) => [
      layer.slug,
      { layer, table: new LayerTable(layer), batch: new ObservationBatch(layer), updatedAt: null },
    ]),
  );
  const tableOf = (slug: string): LayerTable => world.get(slug)?.table as LayerTable;
  const gauge = (levelM: number): void =>
    void tableOf('river-gauge').put({
      ...{ key: 'g', validAt: clock.now(), source: 'test' },
      values: { position: [105, 32], name: '站', levelM },
    });
  gauge(460);
  const model: OfferedModel = {
    file: new URL('trial-model.test-kit.ts', import.meta.url).href,
    definition: trialModel,
    settings: { facts: { region: '990101' }, triggers },
  };
  const models = new Map([['trial', model]]);
  const given: GivenTask[] = [];
  const held = { inCrisis: false };
  const rowsOf = (slug: string): Row[] => [...tableOf(slug).rows()];
  const open = async (): Promise<AdviseBook> => {
    const book = new AdviseBook({
      ...{ log, clock, wall, models, pool, logger: silent },
      ground: {
        snapshot: () => ({
          ...{
            now: clock.now(),
            facts: model.settings?.facts,
            towns: [],
            places: [],
            stations: {},
            trails: {},
          },
          layers: { 'river-gauge': rowsOf('river-gauge') },
          ...{ feeds: {}, synthetic: true, timeZone: 'Asia/Shanghai' },
          calendar: { workweek: [1], holidays: [], workdays: [] },
        }),
        rows: rowsOf,
        hasChanged: (slug) => tableOf(slug).changedCount > 0,
        ...{
          inCrisis: () => held.inCrisis,
          incident: (id) => (id === 7 ? flood : undefined),
          nameOf: () => null,
        },
      },
      rows: adviceRows({
        world: { layers: world },
        clock,
        isDemo: true,
        cityCode: '990100',
        models: [model],
      }),
      freezer: {
        freeze: (by, { cause, title, incident = null }) =>
          Promise.resolve({ id: 90, hash: 'h'.repeat(64), cause, title, incident, by: by.id, at: NOW }),
      },
      tasks: {
        give: (_, of, task) => {
          if (task.unit === 'dept:nowhere')
            return Promise.resolve({ outcome: 'held', id: of, why: 'no such unit' } as const);
          given.push(task);
          return Promise.resolve({ outcome: 'done', id: 100 + given.length } as const);
        },
      },
    });
    await book.open();
    return book;
  };
  return { clock, log, given, held, gauge, rowsOf, tableOf, open };
}

const silent = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
let asked = 0;
const ask = (params: Record<string, string | number> = {}) => ({ action: `action-${++asked}`, params });
const adopting = (inputs: string, more: Partial<AdoptRequest> = {}): AdoptRequest => ({
  ...{ action: `action-${++asked}`, option: 'high', incident: 7, reason: '先保人', inputs, anyway: false },
  ...{ rows: [], view: { page: '', scene: '', shared: '', at: null, clock: 'known' } },
  ...more,
});
const hasRow = (all: readonly Row[]) =>
  all.map(({ key, values }) => [key, values as Record<string, unknown>] as const);

describe('a run', () => {
  it('is worked out in a thread, recorded whole with the rows it used, and stands in the layers', async () => {
    const { open, log, clock, rowsOf } = rig();
    const book = await open();
    clock.advance(60_000);
    const started = book.start(me, 'trial', ask({ rise: 3 }));
    expect(started).toMatchObject({ state: 'running', expectedS: 2, by: 'chief', advice: null });
    await book.settled();
    const run = await book.run(me, { model: 'trial', id: started.id });
    expect(run).toMatchObject({ state: 'done', seq: 1, changed: false, at: NOW + 60_000 });
    expect(run.advice?.findings[0]?.value).toBe(463);
    expect(run.cited).toMatchObject([{ layer: 'river-gauge', key: 'g', ageS: 60, values: { levelM: 460 } }]);
    expect(log.entries.map(({ kind, subject }) => `${subject} ${kind}`)).toEqual(['chief advice/run']);
    expect(hasRow(rowsOf('advice'))).toMatchObject([
      ['trial/here', { state: 'current', confidence: 50, run: run.id }],
    ]);
    expect(hasRow(rowsOf('level-forecast'))).toMatchObject([
      ['trial/here#low/g', { peakM: 463, option: 'low' }],
    ]);
    expect(rowsOf('level-forecast')[0]).toMatchObject({
      issuedAt: run.at,
      source: 'decision:trial',
      quality: 'estimated',
    });
  });

  it('of the same inputs says the same, and asked again under its action is not run again', async () => {
    const { open, log } = rig();
    const book = await open();
    const first = ask({ rise: 2 });
    book.start(me, 'trial', first);
    await book.settled();
    expect(book.start(me, 'trial', first).state).toBe('done');
    const other = book.start(me, 'trial', ask({ rise: 2 }));
    await book.settled();
    const [a, b] = await Promise.all(
      [first.action, other.id].map((id) => book.run(me, { model: 'trial', id })),
    );
    expect(a?.advice).toEqual(b?.advice);
    expect([a?.inputs, a?.superseded, b?.superseded]).toEqual([b?.inputs, true, false]);
    expect(log.entries).toHaveLength(2);
    expect(() => book.start(me, 'trial', { ...first, params: { rise: 9 } })).toThrow(
      'used for something else',
    );
  });

  it.each([
    [{ does: 'fault' }, '缺入流 · there is no inflow'],
    [{ does: 'throw' }, 'a mistake'],
    [{ does: 'nonsense' }, 'confidence'],
    [{ does: 'foreign' }, 'river-gauge is not among its layers'],
    [{ does: 'spin' }, 'longer than 3 s'],
  ])('that goes wrong (%j) says so and harms nothing', async (params, fault) => {
    const { open, rowsOf } = rig();
    const book = await open();
    book.start(me, 'trial', ask());
    await book.settled();
    const { id } = book.start(me, 'trial', ask(params));
    await book.settled();
    expect(await book.run(me, { model: 'trial', id })).toMatchObject({ state: 'failed', advice: null });
    const [model] = book.page().models;
    expect(model?.failed?.fault).toContain(fault);
    expect(model?.latest).toHaveLength(1);
    expect(rowsOf('advice')).toHaveLength(1);
    book.start(me, 'trial', ask());
    await book.settled();
    expect(book.page().models[0]).toMatchObject({ failed: null, waiting: 0 });
  });

  it('is cancelled while it goes on, and leaves no entry', async () => {
    const { open, log } = rig();
    const book = await open();
    const { id } = book.start(me, 'trial', ask({ does: 'spin' }));
    expect(book.cancel('trial', id).id).toBe(id);
    await book.settled();
    expect((await book.run(me, { model: 'trial', id })).state).toBe('cancelled');
    expect(log.entries).toEqual([]);
    expect(() => book.cancel('trial', id)).toThrow('is cancelled');
  });

  it('is refused where a parameter or the city does not fit, and fails where an input is missing', async () => {
    const { open, tableOf } = rig();
    const book = await open();
    expect(() => book.start(me, 'trial', ask({ rise: 1000 }))).toThrow('params.rise');
    expect(() => book.start(me, 'elsewhere', ask())).toThrow('model elsewhere');
    tableOf('river-gauge').remove(0, 'gone');
    book.start(me, 'trial', ask());
    await book.settled();
    expect(book.page().models[0]?.failed?.fault).toContain('缺 水位');
  });

  it('says that its inputs have changed', async () => {
    const { open, gauge, clock, rowsOf } = rig();
    const book = await open();
    book.start(me, 'trial', ask());
    await book.settled();
    clock.advance(300_000);
    book.tick(clock.now());
    expect(book.page().models[0]?.latest[0]?.changed).toBe(false);
    gauge(461);
    clock.advance(300_000);
    book.tick(clock.now());
    expect(book.page().models[0]?.latest[0]?.changed).toBe(true);
    expect(hasRow(rowsOf('advice'))[0]?.[1]['state']).toBe('changed');
  });
});

describe('by itself', () => {
  const every: DecisionTrigger = { inCrisis: true, everyMin: 10, when: null, params: {}, fromRow: {} };

  it('runs on the clock while 战时 holds, once each time', async () => {
    const { open, held, clock, log } = rig([every]);
    const book = await open();
    book.tick(clock.now());
    held.inCrisis = true;
    for (const minutes of [0, 4, 5, 1, 10]) {
      clock.advance(minutes * 60_000);
      book.tick(clock.now());
      await book.settled();
    }
    expect(log.entries.map(({ subject, knownAt }) => [subject, (knownAt - NOW) / 60_000])).toEqual([
      ['system', 0],
      ['system', 10],
      ['system', 20],
    ]);
  });

  it('runs once for each row that fits, with parameters out of it', async () => {
    const when = { layer: 'river-gauge', where: { levelM: { min: 40, max: 90 } } };
    const { open, gauge, log, clock } = rig([
      { ...every, inCrisis: false, everyMin: null, when, fromRow: { rise: 'levelM' } },
    ]);
    const book = await open();
    book.tick(clock.now());
    gauge(50);
    book.tick(clock.now());
    clock.advance(3_600_000);
    book.tick(clock.now());
    await book.settled();
    expect(log.entries.map(({ body }) => (body as { params: unknown }).params)).toEqual([{ rise: 50 }]);
  });
});

describe('what is decided on it', () => {
  async function advised() {
    const parts = rig();
    const book = await parts.open();
    const { id } = book.start(me, 'trial', ask());
    await book.settled();
    const { inputs } = await book.run(me, { model: 'trial', id });
    return { ...parts, book, at: { model: 'trial', id }, inputs };
  }

  it('adopting gives the tasks of the option, with evidence; what could not be given says why', async () => {
    const { book, at, inputs, given, log, rowsOf, open } = await advised();
    const request = adopting(inputs);
    const run = await book.adopt(me, at, request);
    expect(given.map(({ unit, text, dueAt }) => [unit, text, dueAt])).toEqual([
      ['county:990001', '看住 high', NOW + 3_600_000],
    ]);
    expect(run.adopted).toMatchObject([
      {
        by: 'chief',
        option: 'high',
        incident: 7,
        evidence: { id: 90 },
        tasks: [{ id: 101 }, { id: null, why: 'no such unit' }],
      },
    ]);
    await book.adopt(me, at, request);
    expect(given).toHaveLength(1);
    expect(log.entries.map(({ kind }) => kind)).toEqual(['advice/run', 'advice/adopt', 'advice/tasks']);
    expect(hasRow(rowsOf('advice'))[0]?.[1]['state']).toBe('adopted');
    const again = await open();
    expect((await again.run(me, at)).adopted).toEqual(run.adopted);
    expect(given).toHaveLength(1);
  });

  it('tasks that a kill left ungiven are given by the next start', async () => {
    const { book, at, inputs, given, log, open } = await advised();
    await book.adopt(me, at, adopting(inputs));
    log.entries.pop();
    given.length = 0;
    await open();
    expect(given).toHaveLength(1);
    expect(log.entries.at(-1)?.kind).toBe('advice/tasks');
  });

  it('an advice whose inputs have changed is not adopted unless that is meant', async () => {
    const { book, at, inputs, gauge, clock } = await advised();
    gauge(462);
    clock.advance(60_000);
    book.tick(clock.now());
    await expect(book.adopt(me, at, adopting(inputs))).rejects.toThrow('输入已变化');
    await expect(book.adopt(me, at, adopting('0'.repeat(64)))).rejects.toThrow('another run was read');
    expect((await book.adopt(me, at, adopting(inputs, { anyway: true }))).adopted).toHaveLength(1);
  });

  it('is refused for an incident out of reach and an option that is none', async () => {
    const { book, at, inputs } = await advised();
    const elsewhere = { ...me, reaches: () => false };
    await expect(book.adopt(elsewhere, at, adopting(inputs))).rejects.toThrow('incident 7');
    await expect(book.adopt(me, at, adopting(inputs, { incident: 8 }))).rejects.toThrow('incident 8');
    await expect(book.adopt(me, at, adopting(inputs, { option: 'c' }))).rejects.toThrow('option: c');
  });

  it('is dismissed once, with its reason', async () => {
    const { book, at, inputs, rowsOf } = await advised();
    const run = await book.dismiss(me, at, { action: `action-${++asked}`, reason: '依据不足' });
    expect(run.dismissed).toMatchObject({ by: 'chief', reason: '依据不足' });
    expect(hasRow(rowsOf('advice'))[0]?.[1]['state']).toBe('dismissed');
    await expect(book.adopt(me, at, adopting(inputs))).rejects.toThrow('decided on already');
  });
});
