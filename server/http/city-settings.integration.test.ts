// What a city says of itself, changed over HTTP while the server runs: told before, in force at once, on record with what
// it was, taken back, and there again after a restart.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { roadSpeed } from '../../contracts/layers/road-speed.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import type { Trial } from '../main/trial-server.ts';
import { becomeDemo, driveFeed, startTrial } from '../main/trial-server.ts';

const roads = driveFeed('roads', [roadSpeed]);
const cars = driveFeed('cars', [vehiclePosition]);
let trial: Trial;
let chief: string;
let auditor: string;
beforeAll(async () => {
  trial = await startTrial({ feeds: [roads, cars] });
  await everybody();
});
afterAll(async () => {
  await trial.server.stop();
  rmSync(trial.dataDir, { recursive: true });
});

async function everybody(): Promise<void> {
  chief = await becomeDemo(trial, 'duty-chief');
  auditor = await becomeDemo(trial, 'auditor');
}

async function ask(path: string, body?: unknown, cookie = chief): Promise<{ status: number; said: never }> {
  const answer = await fetch(`${trial.server.url}/api${path}`, {
    headers: { cookie, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: answer.status, said: (await answer.json()) as never };
}
const settings = (path: string, body?: unknown) => ask(`/city-settings/${path}`, body);

/** Slow traffic on the one road of the trial, and everything computed of it. */
function drive(seconds: number): void {
  const { clock, server } = trial;
  for (let passed = 0; passed < seconds; passed += 5) {
    roads.context().sink.put(roadSpeed, {
      id: 'road-1',
      validAt: clock.now(),
      values: { class: 'street', level: 'moderate', lengthM: 1000, speedKmh: 24, freeFlowKmh: 60 },
    });
    clock.advance(5000);
    server.tick();
  }
}
function tpi() {
  const table = trial.server.world.table('indicator-value');
  return table.row(table.slotOf('indicator/tpi/990100'))?.values;
}
async function told(): Promise<string[]> {
  const { said } = await ask('/audit?kind=setting/set', undefined, auditor);
  const { entries } = said as { entries: { body: { object: string; detail: string } }[] };
  return entries.map(({ body }) => `${body.object} (${body.detail})`);
}

test('other thresholds are checked, tried, in force at once, on record, taken back and kept over a restart', async () => {
  drive(180);
  const before = tpi();
  expect(before).toMatchObject({ state: 'current', limits: '4|6|8' });
  const wrong = { of: 'tpi', value: [4, 3, 8], reason: '试' };
  expect(await settings('indicator-limits/change', wrong)).toMatchObject({
    status: 400,
    said: { message: expect.stringContaining('thresholds of tpi: 4|3|8 must grow') },
  });
  expect(await settings('indicator-limits/change', { ...wrong, value: [1, 2] })).toMatchObject({
    status: 400,
  });
  expect(await settings('indicator-limits/preview', { of: 'tp', value: [1, 2, 3] })).toMatchObject({
    status: 404,
  });
  const value = [0.5, 0.8, 1];
  const { said: preview } = await settings('indicator-limits/preview', { of: 'tpi', value });
  expect(preview).toMatchObject({
    seen: 1,
    effects: [{ what: { zh: '试城市 7' }, before: { zh: '橙' }, after: { zh: '红' } }],
  });
  expect(tpi()).toMatchObject({ limits: '4|6|8' });

  const { said: change } = await settings('indicator-limits/change', {
    of: 'tpi',
    value,
    reason: '节日口径',
  });
  drive(5);
  expect(tpi()).toMatchObject({ limits: '0.5|0.8|1', level: 'red' });
  const facts = (await ask('/indicators')).said as { slug: string; limits: { code: number[] }[] }[];
  expect(facts.find(({ slug }) => slug === 'tpi')?.limits.at(-1)?.code).toEqual(value);
  expect((await told())[0]).toBe('indicator-limits tpi value null → [0.5,0.8,1] (节日口径)');

  await trial.server.stop();
  const { dataDir, clock } = trial;
  trial = await startTrial({ feeds: [roads, cars], dataDir, clock });
  await everybody();
  drive(180);
  expect(tpi()).toMatchObject({ limits: '0.5|0.8|1', level: 'red' });
  const { id } = change as { id: number };
  const undo = { reason: '节日结束' };
  expect((await settings(`indicator-limits/changes/${id}/undo`, undo)).status).toBe(200);
  drive(5);
  expect(tpi()).toMatchObject({ limits: '4|6|8', level: (before as { level: string }).level });
  expect((await settings(`indicator-limits/changes/${id}/undo`, undo)).status).toBe(409);
  expect((await told())[0]).toBe('indicator-limits tpi value [0.5,0.8,1] → null (节日结束)');
});

test('who handles a kind of incident is checked and tried on counties and open incidents, and holds for the next one', async () => {
  const report = {
    ...{ action: 'settings-test-1', channel: 'phone', kind: 'service', title: '路灯不亮', text: '路灯不亮' },
    ...{ position: [84.15, 41.2], urgent: false, happenedAt: trial.clock.now() },
  };
  const { said: reported } = await ask('/incidents', report);
  const { incident } = reported as { incident: { id: number; no: string; region: string } };
  const county = incident.region.slice(0, 6);
  const suggested = async (): Promise<string> => {
    const { said } = await ask(`/incidents/${incident.id}`);
    return (said as { suggested: { unit: { id: string } } }).suggested.unit.id;
  };
  const change = (value: unknown) =>
    settings('responsibility/change', { of: 'service', value, reason: '试' });
  expect(await change([{ department: 'nobody' }])).toMatchObject({
    status: 400,
    said: { message: expect.stringContaining('value.0.department: nobody is no department') },
  });
  expect(await change([{ areas: [county], department: 'emergency' }])).toMatchObject({
    said: { message: expect.stringContaining('value.0.areas: the last one must hold everywhere') },
  });
  const value = [{ areas: [county], department: 'emergency', countyGrades: [] }, { department: 'emergency' }];
  const { said: preview } = await settings('responsibility/preview', { of: 'service', value });
  const { effects } = preview as { effects: { what: { zh: string } }[] };
  expect(effects.some(({ what }) => what.zh.includes(incident.no))).toBe(true);
  expect(await suggested()).toBe(`county:${county}`);
  const { said: changed } = await change(value);
  expect(await suggested()).toBe('dept:emergency');
  expect((await change(value)).status).toBe(409);
  const { id } = changed as { id: number };
  expect((await settings(`responsibility/changes/${id}/undo`, { reason: '恢复' })).status).toBe(200);
  expect(await suggested()).toBe(`county:${county}`);
});

test('an area of the city’s own is checked by its corners, counts what lies inside, and stays while a rule names it', async () => {
  const at = trial.server.world;
  cars.context().sink.put(vehiclePosition, {
    id: 'car-1',
    validAt: trial.clock.now(),
    values: { position: [84.12, 41.12] },
  });
  trial.server.tick();
  expect(at.table('vehicle-position').size).toBe(1);
  const square = (side: number): [number, number][] => [
    [84.1, 41.1],
    [84.1 + side, 41.1],
    [84.1 + side, 41.1 + side],
    [84.1, 41.1 + side],
  ];
  const shape = (polygon: unknown) => ({ title: { zh: '老城', en: 'Old town' }, polygon });
  const change = (value: unknown, of = 'old-town') => settings('area/change', { of, value, reason: '试' });
  const [a, b, c, d] = square(0.05);
  expect(await change(shape([a, c, b, d]))).toMatchObject({
    said: { message: expect.stringContaining('crosses') },
  });
  expect(await change(shape([a, b, [10, 10]]))).toMatchObject({
    said: { message: expect.stringContaining('corner 3 (10, 10) lies outside the city') },
  });
  expect(await change(shape(square(0.05)), '990101')).toMatchObject({ status: 400 });
  const ask_ = { of: 'old-town', value: shape(square(0.05)) };
  expect((await settings('area/preview', ask_)).said).toMatchObject({
    effects: [{ before: { zh: '围内 0 个' }, after: { zh: '围内 1 个' } }],
  });
  expect((await change(shape(square(0.05)))).status).toBe(200);
  const rule = {
    ...{
      id: 'old',
      layer: 'vehicle-position',
      severity: 'yellow',
      basis: 'test',
      systems: ['smart-transport'],
    },
    ...{
      name: { zh: '一', en: 'One' },
      title: { zh: '{name}', en: '{name}' },
      toDo: { zh: '看', en: 'Look' },
    },
  };
  const when = (fence: string) => ({
    from: trial.clock.now() - 60_000,
    to: trial.clock.now(),
    rule: { ...rule, when: { kind: 'inside', area: { fence } } },
  });
  expect((await ask('/alert-rules/test', when('old-town'))).status).toBe(200);
  expect((await ask('/alert-rules/test', when('new-town'))).status).toBe(400);
  expect((await change(null)).status).toBe(200);
});
