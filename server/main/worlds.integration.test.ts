// Worlds beside the live one, each with the real simulated city: nothing of one reaches another, and nothing is left.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { io } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { WorldFacts } from '../../contracts/records/world.ts';
import type { Layer } from '../../contracts/layer.ts';
import { earthquake } from '../../contracts/layers/earthquake.ts';
import { rainGauge } from '../../contracts/layers/rain-gauge.ts';
import { readConfig } from '../config.ts';
import { createManualClock } from '../kit/clock.ts';
import { signDelivery } from '../kit/inbox.ts';
import { filesOfLive, rowsOfLive } from './live-traces.test-kit.ts';
import type { RunningServer } from './server.ts';
import { startServer } from './server.ts';
import { TrialClient, until } from './trial-client.ts';
import { recordsOf } from '../store/kept-records.test-kit.ts';
import { silentLog, TRIAL_START } from './trial-server.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const layers: readonly Layer[] = [rainGauge, earthquake];
const folder = mkdtempSync(path.join(tmpdir(), 'worlds-'));
const dataDir = path.join(folder, 'data');
const notes = path.join(folder, 'cities');
const scenes = path.join(folder, 'scenes');
const clock = createManualClock(TRIAL_START);
const clients: TrialClient[] = [];
let server: RunningServer;

/** The real program, which also notes its process and its port: one line for each that was started. */
function notingCity(): string {
  const real = path.join(import.meta.dirname, '../../mock-feeds/main.ts');
  const file = path.join(folder, 'city.mjs');
  const text = `import { appendFileSync } from 'node:fs';
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (said, ...rest) => {
  if (said.includes('"ready"')) appendFileSync(${JSON.stringify(notes)}, process.pid + ' ' + JSON.parse(said).port + '\\n');
  return write(said, ...rest);
};
await import(${JSON.stringify(real)});
`;
  writeFileSync(file, text);
  return file;
}

/** Three minutes: an earthquake after one. */
const SCENARIO = `title: { zh: 试, en: Trial }
summary: { zh: 一次小地震, en: A small earthquake }
city: testville
seed: 7
t0: 2026-07-15T12:01:00+08:00
from: -0:01
until: 0:02
scale: 0.05
chapters: [{ id: before, at: -0:01, title: { zh: 之前, en: Before } }]
injects: [{ at: 0:00, kind: earthquake, position: [84.2, 41.2], mag: 4.4, autoMag: 4.4, depthKm: 10, autoAfterS: 30 }]
decisions:
  - { at: 0:01:40, by: duty-officer, do: incident-report, as: quake, kind: earthquake, title: 四点四级地震, place: 试城市, position: [84.2, 41.2] }
captions: [{ at: 0:00, text: { zh: 地震, en: Earthquake } }]
expect: [{ by: 0:02, text: { zh: 已知, en: Known }, layer: earthquake, count: 1 }]
`;

function writeScenario(): void {
  const place = path.join(scenes, 'scenarios/small-quake');
  mkdirSync(place, { recursive: true });
  writeFileSync(path.join(place, 'scenario.yaml'), SCENARIO);
}

interface Noted {
  readonly pid: number;
  readonly port: number;
}

/** The simulated cities that were started, oldest first. */
const cities = (): Noted[] =>
  readFileSync(notes, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number))
    .map(([pid = 0, port = 0]) => ({ pid, port }));

async function isGone({ pid, port }: Noted): Promise<boolean> {
  const answers = await fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
  return !answers && !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // Whoever inherits a child may take its time to bury it.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && existsSync('/proc') === false;
  }
}

async function ask<T>(address: string, body?: object, method = body ? 'POST' : 'GET'): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(server.url + address, { method, headers, body: JSON.stringify(body) });
  const text = await answer.text();
  return (text === '' ? { status: answer.status } : { status: answer.status, body: JSON.parse(text) }) as T;
}

interface Answer<B = Record<string, unknown>> {
  readonly status: number;
  readonly body: B;
}

const worlds = async (): Promise<readonly WorldFacts[]> =>
  (await ask<Answer<WorldFacts[]>>('/api/worlds')).body;
const factsOf = async (id: string): Promise<WorldFacts | undefined> =>
  (await worlds()).find((world) => world.id === id);

async function reaches(id: string, what: string, holds: (facts: WorldFacts) => boolean): Promise<WorldFacts> {
  let facts: WorldFacts | undefined;
  await until(
    async () => {
      facts = await factsOf(id);
      return facts !== undefined && holds(facts);
    },
    `${what} of ${id}`,
    60_000,
  );
  return facts as WorldFacts;
}

async function open(
  kind: 'demo' | 'drill',
  speed: number,
  scenario: string | null = null,
): Promise<WorldFacts> {
  const { status, body } = await ask<Answer<WorldFacts>>('/api/worlds', {
    kind,
    scenario,
    scale: 0.05,
    speed,
  });
  expect([status, body.state, body.kind]).toEqual([201, 'starting', kind]);
  return body;
}

const client = (world?: string): TrialClient => {
  const made = new TrialClient({ io, url: server.url, layers, ...(world === undefined ? {} : { world }) });
  clients.push(made);
  return made;
};

/** An earthquake, as the network of another authority pushes it. */
async function quake(id: string): Promise<number> {
  const originTime = new Date(clock.now()).toISOString();
  const place = { lon: 84.2, lat: 41.2, depthKm: 10, place: '试城市' };
  const said = { mag: 3.1, magType: 'ML', status: 'auto', issuedAt: originTime, synthetic: true };
  const event = { id, revision: 1, originTime, ...place, ...said };
  const body = Buffer.from(JSON.stringify({ events: [event] }));
  const proof = { stamp: String(Math.floor(clock.now() / 1000)), nonce: id };
  const headers = {
    'content-type': 'application/json',
    'x-timestamp': proof.stamp,
    'x-nonce': proof.nonce,
    'x-signature': `hmac-sm3=${signDelivery(KEY, proof, body)}`,
  };
  return (await fetch(`${server.url}/inbox/earthquake`, { method: 'POST', headers, body })).status;
}

/** What the live world says of itself; who else is there, who looks and who opened what is left out. */
async function healthOfLive(): Promise<unknown> {
  const { body } = await ask<Answer<{ records: { logs: readonly { world: string }[] } }>>('/health');
  const logs = body.records.logs.filter(({ world }) => world !== 'audit');
  return { ...body, worlds: null, clients: null, records: { ...body.records, logs } };
}

const live = async () => ({
  files: filesOfLive(dataDir, 'testville'),
  rows: rowsOfLive(server),
  health: await healthOfLive(),
  operations: await ask('/api/operations'),
  tick: server.world.tick,
});

beforeAll(async () => {
  writeScenario();
  const doors = ['--port', '0', '--mqtt-port', '0', '--jtt808-port', '0', '--hj212-port', '0'];
  const args = ['--city', 'testville', '--data-dir', dataDir, ...doors, '--simulated-city', notingCity()];
  const config = readConfig(args, { COCKPIT_WEBHOOK_KEY: KEY });
  if (!config) throw new Error('no settings');
  server = await startServer(config, { log: silentLog, clock, scenes });
});

afterEach(() => {
  for (const one of clients.splice(0)) one.close();
});

let isStopped = false;
afterAll(async () => {
  if (!isStopped) await server?.stop();
});

test('a drill at sixty times the speed of life leaves the live world as it was, and ends without a trace', async () => {
  expect(await quake('q1')).toBe(202);
  clock.advance(3000);
  let before = await live();
  await until(async () => {
    const earlier = before;
    before = await live();
    return before.files.length > 5 && JSON.stringify(earlier) === JSON.stringify(before);
  }, 'the disk to be at rest');
  expect(before.rows.some((row) => row.startsWith('earthquake'))).toBe(true);

  const [wall, { id }] = [client(), await open('drill', 60)];
  const { startAt } = (await factsOf(id))?.clock ?? {};
  await wall.connect();
  await wall.subscribe();
  const started = await reaches(id, 'two minutes', ({ clock: { at } }) => at >= Number(startAt) + 120_000);
  expect(started).toMatchObject({ state: 'running', reason: null, clock: { speed: 60, paused: false } });

  const screen = client(id);
  expect((await screen.connect()).world).toEqual({ id, kind: 'drill', parent: null });
  await screen.subscribe();
  await until(() => screen.table(rainGauge).size > 0, 'rows of the drill');
  const rows = await ask<Answer<{ rows: { key: string }[] }>>(
    `/api/layers/rain-gauge?format=json&world=${id}`,
  );
  const key = rows.body.rows[0]?.key ?? '';
  const said = { layer: 'rain-gauge', key, reason: '演练', until: Number(startAt) + 86_400_000 };
  expect((await ask<Answer>(`/api/operations/silence?world=${id}`, said)).status).toBe(201);
  const health = await ask<Answer<{ world: string; worlds: object[] }>>(`/health?world=${id}`);
  expect(health.body).toMatchObject({ world: id, worlds: [{ id: 'live' }, { id, kind: 'drill' }] });

  expect(await live()).toEqual(before);
  expect(
    (await ask<Answer<{ operations: object[] }>>(`/api/operations?world=${id}`)).body.operations,
  ).toHaveLength(1);
  const root = path.join(dataDir, 'testville/worlds', id);
  const { entries, faults } = await recordsOf(root, { city: 'testville', world: id });
  const kinds = new Set(entries.map(({ kind, world }) => `${kind} ${world}`));
  // What a drill does by itself: it notices what signals have in common, and begins its outbox, which sends nothing.
  for (const own of ['cluster/grow', 'outbox/begin']) kinds.delete(`${own} ${id}`);
  expect([[...kinds], faults]).toEqual([[`sensor/silence ${id}`], []]);
  expect(readdirSync(path.join(root, 'journal'))).toEqual([id]);

  // The live world goes on with what is its own.
  expect(await quake('q2')).toBe(202);
  clock.advance(2000);
  await until(() => wall.table(earthquake).size > 1, 'what is new in the live world');
  expect([wall.fault, screen.fault]).toEqual([null, null]);
  expect([wall.table(rainGauge).size, wall.table(earthquake).size]).toEqual([0, 2]);

  const [city] = cities();
  expect(city && (await isGone(city))).toBe(false);
  expect((await ask<Answer>(`/api/worlds/${id}`, undefined, 'DELETE')).status).toBe(204);
  expect(city && (await isGone(city))).toBe(true);
  expect(existsSync(root)).toBe(false);
  expect((await worlds()).map((world) => world.id)).toEqual(['live']);
  await until(() => !screen.socket.connected, 'the end of the connection');
  for (const address of [`/health?world=${id}`, `/api/layers?world=${id}`, `/api/feeds?world=${id}`]) {
    expect(await ask<Answer>(address)).toMatchObject({ status: 404, body: { code: 'request/not-found' } });
  }
  await expect(client(id).connect()).rejects.toThrow(`world ${id}`);
});

const incidentsOf = async (id: string): Promise<string[]> => {
  const address = `/api/layers/incident?format=json&world=${id}`;
  const { body } = await ask<Answer<{ rows: { values: { stage: string } }[] }>>(address);
  return body.rows.map(({ values }) => values.stage);
};

test('the people of a script decide in a demonstration, and in a drill nobody but those who take part', async () => {
  const played = await Promise.all([open('demo', 1, 'small-quake'), open('drill', 1, 'small-quake')]);
  for (const { id } of played) {
    await reaches(id, 'the start', ({ state }) => state === 'running');
    await ask(`/api/worlds/${id}/clock`, { toS: 165 });
    await reaches(id, 'second 165', ({ clock: { at, startAt } }) => at >= Number(startAt) + 165_000);
  }
  expect(await Promise.all(played.map(({ id }) => incidentsOf(id)))).toEqual([['reported'], []]);
  for (const { id } of played) await ask(`/api/worlds/${id}`, undefined, 'DELETE');
});

test('a scenario is paused, sought both ways and to its end, and says so when its city dies; then the server stops with all of them', async () => {
  const [told] = (await ask<Answer<object[]>>('/api/scenarios')).body;
  expect(told).toMatchObject({ slug: 'small-quake', startAt: '2026-07-15T12:00:00+08:00', durationS: 180 });
  const story = await ask<Answer>('/api/scenarios/small-quake');
  expect(story.body).toMatchObject({ captions: [{ atS: 60 }] });
  expect(await ask<Answer>('/api/scenarios/small-quack')).toMatchObject({ status: 404 });
  const unknown = await ask<Answer>('/api/worlds', { kind: 'demo', scenario: 'small-quack' });
  expect(unknown).toMatchObject({ status: 404 });

  const { id } = await open('demo', 1, 'small-quake');
  const { startAt, endAt } = (await reaches(id, 'the start', ({ state }) => state === 'running')).clock;
  const city = cities().at(-1);
  const other = await open('drill', 600);
  const to = async (toS: number): Promise<WorldFacts> => {
    expect((await ask<Answer>(`/api/worlds/${id}/clock`, { toS })).status).toBe(200);
    return reaches(
      id,
      `second ${toS}`,
      ({ state, clock: { at } }) => state === 'paused' && at === Number(startAt) + toS * 1000,
    );
  };
  const screen = client(id);
  await screen.connect();
  expect((await ask<Answer>(`/api/worlds/${id}/clock`, { paused: true })).body).toMatchObject({
    state: 'paused',
  });
  await until(() => screen.beats.at(-1)?.paused === true, 'the beat of a clock that stands');
  await to(100);
  expect(screen.beats.at(-1)?.at).toBeGreaterThan(Number(startAt));

  process.kill(city?.pid ?? 0, 'SIGKILL');
  const failed = await reaches(id, 'the failure', ({ state }) => state === 'failed');
  expect(failed.reason).toContain('SIGKILL');
  expect((await ask<Answer>(`/health?world=${id}`)).status).toBe(200);
  expect(await ask<Answer>(`/api/worlds/${id}/clock`, { speed: 2 })).toMatchObject({ status: 409 });
  // Back is a clean start.
  await to(5);
  const quakes = async (): Promise<number> => {
    const found = await ask<Answer<{ rows: { values: { magnitude: number } }[] }>>(
      `/api/layers/earthquake?format=json&world=${id}`,
    );
    return found.body.rows.filter(({ values }) => values.magnitude === 4.4).length;
  };
  expect(await quakes()).toBe(0);
  expect((await ask<Answer>(`/api/worlds/${id}/clock`, { toS: 181 })).status).toBe(400);
  await ask(`/api/worlds/${id}/clock`, { toS: 180 });
  const ended = await reaches(id, 'the end', ({ state }) => state === 'ended');
  expect([ended.clock.at, ended.clock.startAt]).toEqual([endAt, TRIAL_START]);
  expect(await quakes()).toBe(1);
  expect(await incidentsOf(id)).toEqual(['reported']);

  expect((await factsOf(other.id))?.state).toBe('running');
  expect(existsSync(path.join(dataDir, 'testville/worlds', id))).toBe(true);
  isStopped = true;
  await server.stop();
  for (const one of cities()) expect(await isGone(one)).toBe(true);
  expect(readdirSync(path.join(dataDir, 'testville/worlds'))).toEqual([]);
});

test('a server that is killed takes the city of its demo with it, and the next start sweeps up its files', async () => {
  const place = path.join(folder, 'killed');
  const main = path.join(import.meta.dirname, '../main.ts');
  const doors = ['--port', '0', '--mqtt-port', '0', '--jtt808-port', '0', '--hj212-port', '0'];
  const args = ['--city', 'testville', '--data-dir', place, ...doors, '--log-level', 'error'];
  args.push('--simulated-city', notingCity());
  const child = spawn(process.execPath, [main, ...args], { env: {}, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (part: Buffer) => (said += part.toString()));
  const ready = (): string | undefined => /^\{"ready":true.*$/m.exec(said)?.[0];
  await until(() => ready() !== undefined, 'the server', 60_000);
  const { url } = JSON.parse(ready() ?? '') as { url: string };
  const before = cities().length;
  const request = { method: 'POST', headers: { 'content-type': 'application/json' } };
  await fetch(`${url}/api/worlds`, { ...request, body: '{"kind":"demo","scenario":null,"scale":0.05}' });
  await until(() => cities().length > before, 'its city', 60_000);
  const city = cities().at(-1) as Noted;
  child.kill('SIGKILL');
  await until(() => isGone(city), 'the end of the city', 30_000);

  expect(readdirSync(path.join(place, 'testville/worlds'))).toEqual(['demo-1']);
  const config = readConfig(['--city', 'testville', '--data-dir', place, ...doors], {});
  if (!config) throw new Error('no settings');
  const next = await startServer(config, { log: silentLog, clock: createManualClock(TRIAL_START), scenes });
  expect(existsSync(path.join(place, 'testville/worlds'))).toBe(false);
  const refused = await fetch(`${next.url}/api/worlds`, {
    ...request,
    body: '{"kind":"demo","scenario":null}',
  });
  expect([refused.status, (await refused.json()) as object]).toMatchObject([
    503,
    { code: 'request/unavailable' },
  ]);
  await next.stop();
});
