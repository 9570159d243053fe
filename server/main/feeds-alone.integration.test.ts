// A system of the city falls silent: its own feed says so within its own limits, and no other feed changes.
// The real server and the real simulated city go in lock-step, so that hours of the city take seconds.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { createManualClock, createSystemClock } from '../kit/clock.ts';
import type { FeedDefinition } from '../kit/feed.ts';
import { loadFeeds, loadLayers } from '../kit/load-folder.ts';
import { silentLog, TRIAL_START } from './trial-server.ts';
import type { LockStep } from '../worlds/lock-step.ts';
import { createLockStep } from '../worlds/lock-step.ts';
import type { SimulatedCity } from '../worlds/simulated-city.ts';
import { freePort, startSimulatedCity } from '../worlds/simulated-city.ts';
import type { RunningServer } from './server.ts';
import { startServer } from './server.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const STEP_S = 10;
/** Nobody watches: screens need no ticks, and sources that are asked every few minutes are asked each minute. */
const SETTINGS = {
  tick: { peaceMs: 10_000 },
  feeds: {
    'air-sensorthings': { periodS: 60 },
    radiation: { periodS: 60 },
    'water-section': { periodS: 60 },
  } as Readonly<Record<string, { readonly periodS: number }>>,
};
/** States of a feed with which all is well. */
const WELL = new Set(['live', 'quiet']);
/** States of a feed that is grey on every page. */
const GREY = new Set(['late', 'stale', 'down']);

const clock = createManualClock(TRIAL_START);
const wall = createSystemClock();
const folder = mkdtempSync(path.join(tmpdir(), 'alone-'));
let city: SimulatedCity;
let lockStep: LockStep;
let server: RunningServer;

const reports = () => server.feeds.reports();
const reportOf = (id: string) => reports().find((report) => report.id === id);
const unwell = (except: ReadonlySet<string> = new Set()) =>
  reports()
    .filter(({ id, state }) => !except.has(id) && !WELL.has(state))
    .map(({ id, state, reason, detail }) => `${id} is ${state}: ${reason} ${detail}`);

/** A feed that was stopped and let go again, with the time left for it to come back, s. */
const returning = new Map<string, number>();

/** Ten seconds of the city; those that come back have so much less time left for it. */
async function step(): Promise<void> {
  await lockStep.step(STEP_S);
  for (const [id, leftS] of returning) {
    if (WELL.has(reportOf(id)?.state ?? '')) returning.delete(id);
    else if (leftS <= 0) throw new Error(`${id} has not come back: ${JSON.stringify(reportOf(id))}`);
    else returning.set(id, leftS - STEP_S);
  }
}

/** Goes on until the stopped feed is grey; no other one may change meanwhile but those that are on their way back. */
async function stepUntilGrey(id: string, withinS: number): Promise<void> {
  for (let passedS = 0; passedS <= withinS; passedS += STEP_S) {
    expect(unwell(new Set([id, ...returning.keys()])), `others while ${id} is stopped`).toEqual([]);
    if (GREY.has(reportOf(id)?.state ?? '')) return;
    await step();
  }
  throw new Error(`${id}: still ${JSON.stringify(reportOf(id))} after ${withinS} s`);
}

beforeAll(async () => {
  const port = await freePort();
  const doors = ['--port', '0', '--mqtt-port', '0', '--jtt808-port', '0', '--hj212-port', '0'];
  const file = path.join(folder, 'settings.yaml');
  writeFileSync(file, JSON.stringify(SETTINGS));
  const base = ['--config', file, '--data-dir', folder, '--feeds-base', `http://127.0.0.1:${port}/`];
  const config = readConfig([...base, ...doors], { COCKPIT_WEBHOOK_KEY: KEY });
  if (!config) throw new Error('no settings');
  server = await startServer(config, { log: silentLog, clock });
  // As `npm start` does: the server first, so that every feed is away at the beginning.
  for (const { id, state } of reports()) expect(state, id).not.toBe('down');
  city = await startSimulatedCity({
    program: path.join(import.meta.dirname, '../../mock-feeds/main.ts'),
    wall,
    city: 'guangyuan',
    port,
    ports: server.ports,
    inbox: `${server.url}/inbox`,
    webhookKey: KEY,
    startAt: clock.now(),
    scale: 0.02,
  });
  lockStep = createLockStep({ cityUrl: city.url, clock, wall });
}, 60_000);

afterAll(async () => {
  lockStep?.close();
  await city?.stop();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The longest back-off after an outage. */
const BACK_OFF_S = 300;

/** Within this a feed must have said that it is late: its source to publish, us to ask, and two periods. */
function limitOf({ slug, cadenceS, publicationDelayS, settings }: FeedDefinition): number {
  const {
    periodS = 0,
    keepAliveS,
    silenceS,
  } = settings.parse(SETTINGS.feeds[slug] ?? {}) as Partial<
    Record<'periodS' | 'keepAliveS' | 'silenceS', number>
  >;
  return periodS + publicationDelayS + 2 * (cadenceS ?? keepAliveS ?? silenceS ?? 30) + 2 * STEP_S;
}

test('each of the feeds greys alone when its system stops, and comes back', async () => {
  for (let passedS = 0; unwell().length > 0; passedS += STEP_S) {
    if (passedS > 900) throw new Error(`still not well: ${unwell().join('; ')}`);
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
  // While one comes back the next is stopped already: waiting for each by itself took twice as long.
  for (const [id, definition] of definitions) {
    const limitS = limitOf(definition);
    await lockStep.control('/control/faults', { feed: id, fault: 'stop' });
    await stepUntilGrey(id, limitS);
    await fetch(`${city.url}/control/faults/${id}`, { method: 'DELETE' });
    returning.set(id, limitS + BACK_OFF_S);
  }
  while (returning.size > 0) await step();
  expect(unwell()).toEqual([]);
  // Hundreds of steps, each of them bounded: a slow machine takes long for them, and is no reason to fail.
}, 900_000);
