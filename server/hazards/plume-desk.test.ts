import { expect, test } from 'vitest';
import { MemoryLog } from '../command/memory-log.test-kit.ts';
import { gases } from '../decisions/gas-plume/gases.ts';
import { assessPlume, plumeMethod, plumeValidity } from '../decisions/gas-plume/model.ts';
import type { ExposureMeter } from '../exposure/port.ts';
import { createHours } from '../exposure/day-time.ts';
import { createExposureMeter } from '../exposure/exposure.ts';
import { ResidentGrid } from '../exposure/resident-grid.ts';
import type { PlumeWind } from '../../contracts/records/plume.ts';
import { openPlumeSchema } from '../../contracts/records/plume.ts';
import { createManualClock } from '../kit/clock.ts';
import type { GasIncident } from './plume-desk.ts';
import { PlumeDesk } from './plume-desk.ts';
import type { PlumeRun } from './plume-run.ts';
import type { HazardActor } from './port.ts';

const T0 = Date.UTC(2026, 4, 20, 6, 20);
const calendar = { timeZone: 'Asia/Shanghai', workweek: [1, 2, 3, 4, 5], years: [], seasons: [] };
const exposure: ExposureMeter = createExposureMeter({
  grid: new ResidentGrid({
    bounds: [105.7, 32.3, 105.9, 32.5],
    towns: [{ code: 't', at: [105.786, 32.386], residents: 9000, settled: 'town' }],
    townAt: () => 't',
  }),
  ...{ places: [], hourAt: createHours(calendar), roads: null, sourceDay: '2020-11-01' },
});
const by: HazardActor = { id: 'demo', reaches: () => true };
const said = openPlumeSchema.parse({
  ...{ action: 'action-1', position: [105.786, 32.386], gas: 'ammonia', reason: '现场目击' },
});

async function deskOf(options: { wind?: PlumeWind | null; incidents?: GasIncident[]; log?: MemoryLog } = {}) {
  const clock = createManualClock(T0);
  const state = {
    wind: options.wind === undefined ? windOf(20, 2) : options.wind,
    incidents: options.incidents ?? [],
    shown: [] as string[][],
    ended: [] as PlumeRun[],
  };
  const log = options.log ?? new MemoryLog(() => clock.now());
  const desk = new PlumeDesk({
    ...{ log, clock, gases, exposure, assess: assessPlume, method: plumeMethod, validity: plumeValidity },
    regionAt: () => '510802',
    windAt: () => state.wind,
    gasIncidents: () => state.incidents,
    isOpenIncident: (id) => id === 1,
    onChange: (runs) => state.shown.push(runs.map(({ facts }) => facts.id)),
    onEnd: (run) => state.ended.push(run),
  });
  await desk.start();
  const tick = (afterMs: number): void => desk.tick({ at: T0 + afterMs });
  return { desk, state, log, tick };
}

const windOf = (fromDeg: number, speedMs: number): PlumeWind => ({
  ...{ fromDeg, speedMs, station: '甲站', stationM: 800, measuredAt: T0, isRaining: false },
});

test('a source set by hand is on the map at once, with what is assumed', async () => {
  const { desk, state } = await deskOf();
  const view = await desk.open(by, said);
  expect(view).toMatchObject({ id: 'hand/1', source: { rateKgS: 0.5, isRateAssumed: true } });
  expect(view.levels.map(({ level, reachM }) => [level, Math.round(reachM)])).toContainEqual([2, 441]);
  expect(view.firstZone).toMatchObject({ isolationM: 150, protectiveM: 900, basis: 'large' });
  expect(view.firstZone?.people.value).toBeGreaterThan(view.levels[1]?.people.value ?? 0);
  expect(state.shown).toEqual([['hand/1']]);
});

test('the same action twice is done once, and not for something else', async () => {
  const { desk, log } = await deskOf();
  await desk.open(by, said);
  await desk.open(by, said);
  expect(log.entries).toHaveLength(1);
  await expect(desk.open(by, { ...said, heightM: 9 })).rejects.toThrow(/action-1/);
});

test('it follows the wind: at a turn, a gust, and every five minutes; not for less', async () => {
  const { desk, state, tick } = await deskOf();
  await desk.open(by, said);
  const computedAt = (): number | null | undefined => desk.view().plumes[0]?.computedAt;
  state.wind = windOf(23, 2.1);
  tick(10_000);
  expect(computedAt()).toBe(T0);
  state.wind = windOf(26, 2);
  tick(20_000);
  expect(computedAt()).toBe(T0 + 20_000);
  expect(desk.view().plumes[0]?.model?.towardDeg).toBe(206);
  tick(20_000 + 299_000);
  expect(computedAt()).toBe(T0 + 20_000);
  tick(20_000 + 300_000);
  expect(computedAt()).toBe(T0 + 320_000);
});

test('north is no turn of 350°', async () => {
  const { desk, state, tick } = await deskOf({ wind: windOf(359, 2) });
  await desk.open(by, said);
  state.wind = windOf(1, 2);
  tick(10_000);
  expect(desk.view().plumes[0]?.computedAt).toBe(T0);
});

test('without a wind nothing is drawn, and it says so', async () => {
  const { desk, state, tick } = await deskOf({ wind: null });
  const view = await desk.open(by, said);
  expect(view).toMatchObject({ wind: null, model: null, levels: [], firstZone: null });
  state.wind = windOf(20, 2);
  tick(60_000);
  expect(desk.view().plumes[0]?.model?.towardDeg).toBe(200);
});

test('an incident at a source is modelled by itself, until it is over or somebody ends it', async () => {
  const incident = {
    id: 1,
    title: '液氨泄漏',
    at: [105.786, 32.386] as const,
    region: '',
    since: T0,
    gas: 'ammonia',
  };
  const { desk, state, tick } = await deskOf({ incidents: [incident] });
  tick(0);
  expect(desk.view().plumes.map(({ id, by: who }) => [id, who])).toEqual([['incident/1', null]]);
  await desk.change(by, 'incident/1', { action: 'action-2', rateKgS: 0.15, reason: '水幕已开' });
  expect(desk.view().plumes[0]?.source).toMatchObject({ rateKgS: 0.15, isRateAssumed: false });
  state.incidents = [];
  tick(60_000);
  expect(desk.view().plumes).toEqual([]);
  expect(state.ended.map(({ facts }) => facts.id)).toEqual(['incident/1']);
  expect(state.ended[0]?.exposedPeople).toBeGreaterThan(0);
});

test('what a person ended does not come again, after a restart neither', async () => {
  const incident = {
    id: 1,
    title: '液氨泄漏',
    at: [105.786, 32.386] as const,
    region: '',
    since: T0,
    gas: 'ammonia',
  };
  const { desk, log, tick } = await deskOf({ incidents: [incident] });
  tick(0);
  await desk.end(by, 'incident/1', { action: 'action-3', reason: '已止漏' });
  tick(60_000);
  expect(desk.view().plumes).toEqual([]);
  const again = await deskOf({ incidents: [incident], log });
  again.tick(120_000);
  expect(again.desk.view().plumes).toEqual([]);
});

test('one opened for an incident stands in the place of its own', async () => {
  const incident = {
    id: 1,
    title: '液氨泄漏',
    at: [105.786, 32.386] as const,
    region: '',
    since: T0,
    gas: 'ammonia',
  };
  const { desk, tick } = await deskOf({ incidents: [incident] });
  tick(0);
  await desk.open(by, { ...said, incident: 1, rateKgS: 2 });
  expect(desk.view().plumes.map(({ id }) => id)).toEqual(['hand/1']);
});

test('what cannot be is refused with what is wrong', async () => {
  const { desk } = await deskOf();
  await expect(desk.open(by, { ...said, gas: 'argon' })).rejects.toThrow(/argon.*ammonia/);
  await expect(desk.open(by, { ...said, incident: 7 })).rejects.toThrow(/incident 7/);
  await expect(desk.open({ ...by, reaches: () => false }, said)).rejects.toThrow(/510802/);
  await expect(desk.end(by, 'hand/9', { action: 'action-4', reason: 'x' })).rejects.toThrow('hand/9');
  await desk.open(by, said);
  await expect(desk.change(by, 'hand/1', { action: 'action-5', reason: 'x' })).rejects.toThrow(
    /at least one/,
  );
});
