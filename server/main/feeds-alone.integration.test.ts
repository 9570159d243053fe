// A system of the city falls silent: its own feed says so within its own limits, and no other feed changes.
// The real server and the real simulated city go in lock-step, so that hours of the city take seconds.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import diagnostics from 'node:diagnostics_channel';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { createManualClock } from '../kit/clock.ts';
import type { FeedDefinition } from '../kit/feed.ts';
import { loadFeeds, loadLayers } from '../kit/load-folder.ts';
import { until } from './trial-client.ts';
import { silentLog, TRIAL_START } from './trial-server.ts';
import type { RunningServer } from './server.ts';
import { startServer } from './server.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const STEP_S = 10;
/** States of a feed with which all is well. */
const WELL = new Set(['live', 'quiet']);
/** States of a feed that is grey on every page. */
const GREY = new Set(['late', 'stale', 'down']);

const clock = createManualClock(TRIAL_START);
let city: ChildProcess;
let control: string;
let server: RunningServer;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function startCity(port: number): Promise<void> {
  const main = path.join(import.meta.dirname, '../../mock-feeds/main.ts');
  const { ports, url } = server;
  const ends = ['--mqtt', `mqtt://127.0.0.1:${ports['mqtt']}`, '--jtt808', `127.0.0.1:${ports['jtt808']}`];
  ends.push('--hj212', `127.0.0.1:${ports['hj212']}`, '--webhook', `${url}/inbox`, '--webhook-retry', '0.05');
  const when = ['--start', new Date(clock.now()).toISOString(), '--lock-step', '--scale', '0.02'];
  city = spawn(process.execPath, [main, '--city', 'guangyuan', '--port', String(port), ...when, ...ends], {
    env: { COCKPIT_WEBHOOK_KEY: KEY },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  city.stdout?.on('data', (part: Buffer) => (said += part.toString()));
  await until(() => said.includes('"ready":true'), 'the simulated city', 30_000);
}

/** Answers of the simulated city that the server waits for; its two endless streams are none. */
const waiting = new Set<object>();
interface Asked {
  readonly request: { readonly path: string };
}
const began = (message: unknown): void => {
  const { request } = message as Asked;
  if (!/\/(traffic\/events|opinion\/stream|control)/.test(request.path)) waiting.add(request);
};
const over = (message: unknown): void => void waiting.delete((message as Asked).request);

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The city goes on, then the server, then everything on its way arrives. */
async function step(): Promise<void> {
  await post('/control/clock', { advanceS: STEP_S });
  clock.advance(STEP_S * 1000);
  for (let calm = 0; calm < 5; calm += 1) {
    await turn();
    if (waiting.size > 0) calm = 0;
  }
}

async function post(address: string, body: object): Promise<void> {
  const answer = await fetch(control + address, { method: 'POST', body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
  await answer.arrayBuffer();
}

const reports = () => server.feeds.reports();
const reportOf = (id: string) => reports().find((report) => report.id === id);
const unwell = (except: string) =>
  reports()
    .filter(({ id, state }) => id !== except && !WELL.has(state))
    .map(({ id, state, reason, detail }) => `${id} is ${state}: ${reason} ${detail}`);

/** Goes on until the condition holds; no other feed may change meanwhile. */
async function stepUntil(
  isDone: () => boolean,
  { alone, withinS }: { readonly alone: string; readonly withinS: number },
): Promise<void> {
  for (let passedS = 0; passedS <= withinS; passedS += STEP_S) {
    expect(unwell(alone), `others while ${alone} is stopped`).toEqual([]);
    if (isDone()) return;
    await step();
  }
  throw new Error(`${alone}: still ${JSON.stringify(reportOf(alone))} after ${withinS} s`);
}

beforeAll(async () => {
  diagnostics.subscribe('undici:request:create', began);
  diagnostics.subscribe('undici:request:trailers', over);
  diagnostics.subscribe('undici:request:error', over);
  const port = await freePort();
  control = `http://127.0.0.1:${port}`;
  const doors = ['--port', '0', '--mqtt-port', '0', '--jtt808-port', '0', '--hj212-port', '0'];
  const folder = mkdtempSync(path.join(tmpdir(), 'alone-'));
  const config = readConfig(['--data-dir', folder, '--feeds-base', `${control}/`, ...doors], {
    COCKPIT_WEBHOOK_KEY: KEY,
  });
  if (!config) throw new Error('no settings');
  server = await startServer(config, { log: silentLog, clock });
  // As `npm start` does: the server first, so that every feed is away at the beginning.
  for (const { id, state } of reports()) expect(state, id).not.toBe('down');
  await startCity(port);
}, 60_000);

afterAll(async () => {
  city?.kill('SIGKILL');
  await server?.stop();
});

/** The longest back-off after an outage. */
const BACK_OFF_S = 300;

/** Within this a feed must have said that it is late: its source to publish, us to ask, and two periods. */
function limitOf({ cadenceS, publicationDelayS, settings }: FeedDefinition): number {
  const {
    periodS = 0,
    keepAliveS,
    silenceS,
  } = settings.parse({}) as Partial<Record<'periodS' | 'keepAliveS' | 'silenceS', number>>;
  return periodS + publicationDelayS + 2 * (cadenceS ?? keepAliveS ?? silenceS ?? 30) + 2 * STEP_S;
}

test('each of the feeds greys alone when its system stops, and comes back', async () => {
  let passedS = 0;
  for (; unwell('').length > 0; passedS += STEP_S) {
    if (passedS > 900) throw new Error(`still not well: ${unwell('').join('; ')}`);
    for (const { id, state } of reports()) expect(state, id).not.toBe('down');
    await step();
  }
  const root = path.join(import.meta.dirname, '..');
  const definitions = await loadFeeds(
    path.join(root, 'feeds'),
    await loadLayers(path.join(root, '../contracts/layers')),
  );
  expect(reports().map(({ id }) => id)).toEqual([...definitions.keys()]);
  expect(definitions.size).toBeGreaterThanOrEqual(26);
  for (const [id, definition] of definitions) {
    const limitS = limitOf(definition);
    await post('/control/faults', { feed: id, fault: 'stop' });
    await stepUntil(() => GREY.has(reportOf(id)?.state ?? ''), { alone: id, withinS: limitS });
    await fetch(`${control}/control/faults/${id}`, { method: 'DELETE' });
    await stepUntil(() => WELL.has(reportOf(id)?.state ?? ''), { alone: id, withinS: limitS + BACK_OFF_S });
  }
}, 180_000);
