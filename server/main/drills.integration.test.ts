// Two drills beside the live city, each with the real simulated city: one goes into 战时, the other gives an order and calls the
// roll. Nothing of one reaches the other or the live one, nothing leaves, and nothing is left.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Call, CallPage, UnitFound } from '../../contracts/records/call.ts';
import type { CrisisView } from '../../contracts/records/crisis.ts';
import type { CrisisRoomPage, HeadquartersView } from '../../contracts/records/headquarters.ts';
import type { Outbox } from '../../contracts/records/message.ts';
import type { OrderPage } from '../../contracts/records/order.ts';
import type { WorldFacts } from '../../contracts/records/world.ts';
import { readConfig } from '../config.ts';
import { createManualClock } from '../kit/clock.ts';
import { recordsOf } from '../store/kept-records.test-kit.ts';
import { filesOfLive, rowsOfLive } from './live-traces.test-kit.ts';
import type { RunningServer } from './server.ts';
import { startServer } from './server.ts';
import { until } from './trial-client.ts';
import { silentLog, TRIAL_START } from './trial-server.ts';

const CITY = 'testville';
const CODE = '990100';
const dataDir = mkdtempSync(path.join(tmpdir(), 'drills-'));
const clock = createManualClock(TRIAL_START);
let server: RunningServer;

beforeAll(async () => {
  const doors = ['--port', '0', '--mqtt-port', '0', '--jtt808-port', '0', '--hj212-port', '0'];
  const program = path.join(import.meta.dirname, '../../mock-feeds/main.ts');
  const config = readConfig(
    ['--city', CITY, '--data-dir', dataDir, ...doors, '--simulated-city', program],
    {},
  );
  if (!config) throw new Error('no settings');
  server = await startServer(config, { log: silentLog, clock });
});
afterAll(async () => {
  await server?.stop();
});

async function ask<T>(world: string, address: string, body?: object): Promise<T> {
  const way = `${address}${address.includes('?') ? '&' : '?'}world=${world}`;
  const answer = await fetch(server.url + way, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify({ action: randomUUID(), ...body }) } : {}),
  });
  const said = (await answer.json()) as T;
  expect([way, answer.status, answer.ok ? '' : said]).toEqual([way, body ? answer.status : 200, '']);
  return said;
}

async function openDrill(): Promise<string> {
  const answer = await fetch(`${server.url}/api/worlds`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'drill', scenario: null, scale: 0.05, speed: 1 }),
  });
  const { id } = (await answer.json()) as WorldFacts;
  await until(
    async () => {
      const worlds = (await (await fetch(`${server.url}/api/worlds`)).json()) as WorldFacts[];
      return worlds.find((one) => one.id === id)?.state === 'running';
    },
    `drill ${id}`,
    60_000,
  );
  return id;
}

/** What people did in a world, as its own pages tell it. */
async function doneIn(world: string) {
  const [crisis, orders, calls, command, outbox] = await Promise.all([
    ask<CrisisView>(world, '/api/crisis'),
    ask<OrderPage>(world, '/api/orders'),
    ask<CallPage>(world, '/api/calls'),
    ask<HeadquartersView>(world, '/api/headquarters'),
    ask<Outbox>(world, '/api/outbox'),
  ]);
  return {
    crises: crisis.crises.map(({ name }) => name),
    orders: orders.orders.map(({ text }) => text),
    calls: calls.calls.map(({ text }) => text),
    rolls: command.calls.map(({ text }) => text),
    messages: outbox.messages.map(({ state }) => state),
  };
}
const nothing = { crises: [], orders: [], calls: [], rolls: [], messages: [] };

async function modeIn(world: string): Promise<unknown> {
  const { rows } = await ask<{ rows: { key: string; values: { mode: string } }[] }>(
    world,
    '/api/layers/mode?format=json',
  );
  return rows.find(({ key }) => key === CODE)?.values.mode;
}

/** The store also holds the audit log, which notes what is done anywhere: of it the log of the live world is compared. */
const traces = async () => ({
  files: filesOfLive(dataDir, CITY).filter((file) => !file.includes('/records.db ')),
  entries: (await recordsOf(path.join(dataDir, CITY), { city: CITY, world: 'live' })).entries,
  rows: rowsOfLive(server),
  tick: server.world.tick,
});

/** Kinds of entries in the log of a world beside the live one, and the worlds they name. */
async function logOf(
  world: string,
): Promise<{ kinds: string[]; worlds: string[]; faults: readonly string[] }> {
  const root = path.join(dataDir, CITY, 'worlds', world);
  const { entries, faults } = await recordsOf(root, { city: CITY, world });
  const unique = (all: readonly string[]): string[] => [...new Set(all)].sort();
  return {
    kinds: unique(entries.map(({ kind }) => kind.split('/')[0] ?? '')),
    worlds: unique(entries.map((entry) => entry.world)),
    faults,
  };
}

const end = async (world: string): Promise<number> =>
  (await fetch(`${server.url}/api/worlds/${world}`, { method: 'DELETE' })).status;

test('what is commanded in one drill is in that drill alone, leaves nowhere, and goes with it', async () => {
  clock.advance(3000);
  let before = await traces();
  await until(async () => {
    const earlier = before;
    before = await traces();
    return before.files.length > 3 && JSON.stringify(earlier) === JSON.stringify(before);
  }, 'the disk to be at rest');
  const [a, b] = [await openDrill(), await openDrill()];
  expect(a).not.toBe(b);

  const change = {
    ...{ verb: 'begin', area: CODE, name: '演练甲', responses: [{ kind: 'flood', level: 'III' }] },
    until: clock.now() + 50 * 60_000,
  };
  await ask(a, '/api/crisis/alone', { reason: '演练', change });
  const { incident } = await ask<{ incident: { id: number } }>(b, '/api/incidents', {
    ...{ kind: 'flood', title: '演练乙：河水上涨' },
  });
  await ask(b, '/api/orders', {
    to: [{ unit: 'dept:emergency' }],
    text: '演练乙：集结',
    incident: incident.id,
  });
  await ask(b, '/api/roll-calls', { scope: 'centres', area: CODE, withinMin: 10, text: '演练乙：点名' });
  const units = ['dept:emergency', 'county:990101'];
  await ask<Call>(b, '/api/calls', {
    ...{ kind: 'meeting', units, text: '演练乙：会商', address: 'https://meet.example/1' },
  });
  // One for the order, two for the call, written down and not sent.
  const isWithheld = (state: string): boolean => state === 'withheld';
  await until(
    async () => (await doneIn(b)).messages.filter(isWithheld).length >= 3,
    'the notices of the drill to be withheld',
  );

  expect(await doneIn(a)).toMatchObject({ ...nothing, crises: ['演练甲'], messages: [] });
  const inB = await doneIn(b);
  expect(inB).toMatchObject({
    ...{ crises: [], orders: ['演练乙：集结'], calls: ['演练乙：会商'], rolls: ['演练乙：点名'] },
  });
  expect([...new Set(inB.messages)]).toEqual(['withheld']);
  expect(await doneIn('live')).toEqual(nothing);
  expect([await modeIn(a), await modeIn(b), await modeIn('live')]).toEqual(['crisis', 'peace', 'peace']);

  // Each wall is told its own world's answers alone.
  const rooms = await Promise.all(
    [a, b, 'live'].map((world) => ask<CrisisRoomPage>(world, '/api/crisis/room')),
  );
  expect(rooms.map(({ crises }) => crises.length)).toEqual([1, 0, 0]);
  expect(rooms.map(({ communication }) => communication.orders.waiting.length)).toEqual([0, 1, 0]);
  expect(rooms.map(({ communication }) => communication.calls.length)).toEqual([0, 2, 0]);
  const ring = '83,40;86,40;86,43;83,43';
  const { units: found } = await ask<{ units: UnitFound[] }>(b, `/api/calls/units?area=${ring}`);
  expect(found.length).toBeGreaterThan(0);
  expect(found.flatMap(({ contacts }) => contacts.map(({ dial }) => dial)).filter(Boolean)).toEqual([]);

  const [inA, ofB] = [await logOf(a), await logOf(b)];
  expect([inA.worlds, ofB.worlds, inA.faults, ofB.faults]).toEqual([[a], [b], [], []]);
  expect(inA.kinds).toContain('crisis');
  for (const kind of ['order', 'roll-call', 'call', 'evidence', 'incident']) {
    expect(ofB.kinds).toContain(kind);
    expect(inA.kinds).not.toContain(kind);
  }
  expect(ofB.kinds).not.toContain('crisis');
  const root = path.join(dataDir, CITY, 'worlds');
  // The file gateway would have begun its folder with the first message that left.
  for (const place of [path.join(root, a), path.join(root, b), path.join(dataDir, CITY)])
    expect([place, existsSync(path.join(place, 'outbox'))]).toEqual([place, false]);
  expect(await traces()).toEqual(before);

  expect(await end(a)).toBe(204);
  expect(readdirSync(root)).toEqual([b]);
  expect((await doneIn(b)).orders).toEqual(['演练乙：集结']);
  expect(await end(b)).toBe(204);
  expect(readdirSync(root)).toEqual([]);
  expect((await fetch(`${server.url}/api/orders?world=${b}`)).status).toBe(404);
  expect(await traces()).toEqual(before);
}, 180_000);
