// What is left of the state when the server stops, and when it is killed.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { earthquake } from '../../contracts/layers/earthquake.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { warning } from '../../contracts/layers/warning.ts';
import { createManualClock } from '../kit/clock.ts';
import { readSnapshot } from '../state/snapshot-file.ts';
import { until } from './trial-client.ts';
import type { Trial } from './trial-server.ts';
import { driveFeed, startTrial, TRIAL_START } from './trial-server.ts';

const children = new Set<ChildProcess>();
const upstreams = new Set<Server>();
const trials = new Set<Trial>();

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const upstream of upstreams) upstream.closeAllConnections();
  for (const trial of trials) await trial.server.stop();
  trials.clear();
});

const feed = driveFeed('driven', [vehiclePosition, warning, earthquake]);

async function startAgain(dataDir: string, at: number, args: readonly string[] = []): Promise<Trial> {
  const trial = await startTrial({ feeds: [feed], dataDir, clock: createManualClock(at), args });
  trials.add(trial);
  return trial;
}

async function stop(trial: Trial): Promise<void> {
  trials.delete(trial);
  await trial.server.stop();
}

const rowsOf = (trial: Trial, layer: string) => [...trial.server.world.table(layer).rows()];
const newFolder = (): string => mkdtempSync(path.join(tmpdir(), 'restart-'));

test('after a stop rows are as old as they are, expired ones are gone, endings and order still hold', async () => {
  const dataDir = newFolder();
  const first = await startAgain(dataDir, TRIAL_START);
  const { sink } = feed.context();
  const now = first.clock.now();
  const warn = (id: string, expiresAt: number): void =>
    sink.put(warning, { id, validAt: now, values: { title: id, expiresAt, description: '长文'.repeat(50) } });
  warn('short', now + 60_000);
  warn('kept', now + 7_200_000);
  warn('unlisted', now + 7_200_000);
  sink.put(vehiclePosition, { id: 'v1', validAt: now, values: { position: [84.15, 41.2] } });
  sink.put(earthquake, { id: 'q', validAt: now - 5000, revision: 2, values: { magnitude: 4.4 } });
  feed.context().memory.set('cursor', '17');
  first.clock.advance(2000);
  const before = rowsOf(first, 'warning').filter(({ values }) => values.title !== 'short');
  await stop(first);

  const second = await startAgain(dataDir, now + 3_600_000);
  expect(rowsOf(second, 'warning')).toEqual(before);
  expect(rowsOf(second, 'vehicle-position')).toEqual([]);
  expect(feed.context().memory.get('cursor')).toBe('17');
  const again = feed.context();
  // An old telling of what is known, and a listing that has one less.
  again.sink.put(earthquake, { id: 'q', validAt: now - 1000, revision: 1, values: { magnitude: 4.1 } });
  again.complete({ layer: warning, ids: new Set(['kept']) });
  second.clock.advance(1000);
  expect(rowsOf(second, 'warning').map(({ values }) => values.title)).toEqual(['kept']);
  expect(rowsOf(second, 'earthquake')[0]).toMatchObject({ validAt: now - 5000, values: { magnitude: 4.4 } });
});

test('what people set stays set, and simulated rows stay out of a city of real feeds', async () => {
  const dataDir = newFolder();
  const first = await startAgain(dataDir, TRIAL_START, ['--no-demo']);
  const { sink } = feed.context();
  const table = first.server.world.table('mode');
  const code = table.keyAt(0);
  const change = {
    ...{ area: code, name: '汛情', responses: [], until: TRIAL_START + 1_800_000 },
    ...{ verb: 'begin' as const, scene: '', incident: null, plans: [] },
  };
  const officer = { id: '甲', reaches: () => true, mayDecide: true };
  await first.server.desks.crisis.alone(officer, { action: 'set-by-people', reason: '超警', change });
  for (const synthetic of [true, false]) {
    sink.put(earthquake, { id: `q-${synthetic}`, validAt: TRIAL_START, synthetic, values: { magnitude: 3 } });
  }
  await stop(first);
  const second = await startAgain(dataDir, TRIAL_START + 1000, ['--no-demo']);
  const found = second.server.world.table('mode');
  expect(found.row(found.slotOf(code)).values).toMatchObject({ mode: 'crisis' });
  expect(found.size).toBe(table.size);
  expect(rowsOf(second, 'earthquake').map(({ synthetic }) => synthetic)).toEqual([false]);
});

test('what came after the last snapshot is back, however long the server was away', async () => {
  const dataDir = newFolder();
  const quake = (id: string, at: number): void =>
    feed.context().sink.put(earthquake, { id, validAt: at, values: { magnitude: 3 } });
  const first = await startAgain(dataDir, TRIAL_START);
  quake('before', TRIAL_START);
  await stop(first);
  const file = path.join(dataDir, 'testville/state/live.jsonl.gz');
  const snapshot = readFileSync(file);

  const second = await startAgain(dataDir, TRIAL_START + 60_000);
  quake('after', TRIAL_START + 60_000);
  second.clock.advance(1000);
  await stop(second);
  // As a kill leaves it: the journal is further than the snapshot.
  writeFileSync(file, snapshot);
  const third = await startAgain(dataDir, TRIAL_START + 7_200_000);
  expect(rowsOf(third, 'earthquake')).toHaveLength(2);
});

/** A ticket desk that knows more each time it is asked. */
class TicketDesk {
  readonly #server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://desk');
    if (url.pathname !== '/12345/changes') return void response.writeHead(404).end();
    this.asked.push(url.searchParams.get('after') ?? '');
    response.setHeader('content-type', 'application/json').end(JSON.stringify(this.#page(url.searchParams)));
  });
  readonly #startedAt = Date.now() - 3_600_000;
  #count = 0;
  readonly asked: string[] = [];

  get count(): number {
    return this.#count;
  }

  grow(by: number): void {
    this.#count += by;
  }

  async listen(): Promise<string> {
    upstreams.add(this.#server);
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  #page(query: URLSearchParams) {
    const after = query.get('after') ?? '';
    const from = after === '' ? 0 : Number(after.slice(1)) + 1;
    const to = Math.min(this.#count, from + Number(query.get('limit')));
    const items = Array.from({ length: to - from }, (_, index) => this.#ticket(from + index));
    const last = items.at(-1);
    const isAll = to === this.#count;
    // New tickets between two rounds of questions.
    if (isAll) this.grow(7);
    const next = last && !isAll ? { since: last.changedAt, after: last.caseId } : null;
    return { items, next };
  }

  #ticket(number: number) {
    const at = new Date(this.#startedAt + number * 100).toISOString();
    const head = {
      caseId: `T${String(number).padStart(6, '0')}`,
      revision: 1,
      changedAt: at,
      channel: '电话',
    };
    return {
      ...head,
      title: `第 ${number} 件`,
      text: '路灯不亮',
      acceptAt: at,
      status: 'accepted',
      synthetic: true,
    };
  }
}

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
}

async function spawnServer(dataDir: string, base: string): Promise<Running> {
  const settings = path.join(dataDir, 'settings.yaml');
  const feeds = 'feeds: { ticket-12345: { periodS: 1, pageSize: 25 } }';
  writeFileSync(settings, `snapshot: { everyS: 1 }\ntick: { peaceMs: 200 }\n${feeds}\n`);
  const ports = ['--port', '0', '--mqtt-port', '0', '--jtt808-port', '0', '--hj212-port', '0'];
  const main = path.join(import.meta.dirname, '../main.ts');
  const places = ['--city', 'testville', '--data-dir', dataDir, '--config', settings, '--feeds-base', base];
  const child = spawn(process.execPath, [main, ...places, ...ports], {
    env: {},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  child.once('close', () => children.delete(child));
  let output = '';
  child.stdout.on('data', (part: Buffer) => (output += part.toString()));
  child.stderr.on('data', (part: Buffer) => (output += part.toString()));
  const ready = (): string | undefined => output.split('\n').find((line) => line.startsWith('{"ready":true'));
  await until(() => ready() !== undefined || child.exitCode !== null, 'the ready line', 30_000);
  const line = ready();
  if (line === undefined) throw new Error(`the server did not start: ${output}`);
  return { child, url: (JSON.parse(line) as { url: string }).url };
}

async function ticketsAt(url: string): Promise<number> {
  const health = (await (await fetch(`${url}/health`)).json()) as { layers: { id: string; rows: number }[] };
  return health.layers.find(({ id }) => id === 'ticket')?.rows ?? -1;
}

test('killed at any moment: the rows of the last snapshot are there, and the cursor beside them skips none', async () => {
  const desk = new TicketDesk();
  desk.grow(150);
  const base = await desk.listen();
  const dataDir = newFolder();
  const file = path.join(dataDir, 'testville/state/live.jsonl.gz');
  for (let round = 0; round < 3; round += 1) {
    const known = readSnapshot(file);
    const asked = desk.asked.length;
    const server = await spawnServer(dataDir, base);
    const kept = known?.layers.find(({ slug }) => slug === 'ticket')?.rows.length ?? 0;
    expect(await ticketsAt(server.url)).toBeGreaterThanOrEqual(kept);
    await until(
      async () => (await ticketsAt(server.url)) >= desk.count - 7,
      'every ticket of the desk',
      20_000,
    );
    // The first question goes on where the snapshot ends, so that its rows are not asked for again.
    const cursor = known?.cursors['ticket-12345']?.cursor;
    expect(desk.asked[asked]).toBe(
      cursor === undefined ? '' : (JSON.parse(cursor) as { after: string }).after,
    );
    const since = Date.now();
    await until(() => existsSync(file) && statSync(file).mtimeMs > since, 'a snapshot', 20_000);
    await new Promise((resolve) => setTimeout(resolve, (round * 173) % 700));
    server.child.kill('SIGKILL');
    await until(() => !children.has(server.child), 'the end of the process');
  }
  const last = readSnapshot(file);
  const rows = last?.layers.find(({ slug }) => slug === 'ticket')?.rows.length ?? 0;
  const { after } = JSON.parse(last?.cursors['ticket-12345']?.cursor ?? '') as { after: string };
  expect(rows).toBeGreaterThanOrEqual(Number(after.slice(1)) + 1);
}, 120_000);

test('a damaged snapshot: one clear line, and every ticket is read anew', async () => {
  const desk = new TicketDesk();
  desk.grow(60);
  const base = await desk.listen();
  const dataDir = newFolder();
  const file = path.join(dataDir, 'testville/state/live.jsonl.gz');
  const first = await spawnServer(dataDir, base);
  await until(() => existsSync(file), 'a snapshot', 20_000);
  first.child.kill('SIGKILL');
  await until(() => !children.has(first.child), 'the end of the process');
  writeFileSync(file, 'no snapshot');
  const asked = desk.asked.length;
  const second = await spawnServer(dataDir, base);
  await until(async () => (await ticketsAt(second.url)) >= 60, 'every ticket', 20_000);
  expect(desk.asked[asked]).toBe('');
}, 60_000);
