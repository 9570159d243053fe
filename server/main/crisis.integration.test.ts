// 战时 over HTTP on a whole server: two persons, every screen, ticks and feeds of the city package, an activated plan, and back.
import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { mode } from '../../contracts/layers/mode.ts';
import { noiseStation } from '../../contracts/layers/noise-station.ts';
import type { Role } from '../../contracts/records/account.ts';
import type { CrisisView, Switch, SwitchPreview } from '../../contracts/records/crisis.ts';
import type { IncidentView } from '../../contracts/records/incident-actions.ts';
import type { PlanView } from '../../contracts/records/plan-actions.ts';
import type { PlanRun } from '../../contracts/records/plan-run.ts';
import { pollEvery } from '../kit/http-poll.ts';
import { commonSettings } from '../kit/settings.ts';
import { planWith } from '../plans/plan.test-kit.ts';
import { TrialClient, until } from './trial-client.ts';
import type { Trial } from './trial-server.ts';
import { becomeDemo, driveFeed, startTrial } from './trial-server.ts';

const HOUR = 3_600_000;
const CITY = '990100';
const trials = new Set<Trial>();
afterEach(async () => {
  for (const { server } of trials) await server.stop();
  trials.clear();
});

/** A feed of the city package that is asked every 60 s, and every 5 in 战时; counts how often. */
function pollingFeed() {
  const asked: number[] = [];
  const feed = driveFeed('hurried', [noiseStation], {
    settings: z.strictObject({ ...commonSettings, periodS: z.number().default(60) }),
    connect: (context) => {
      const { periodS } = context.settings as { periodS: number };
      pollEvery(context, periodS, () => {
        asked.push(context.clock.now());
        return Promise.resolve();
      });
      return Promise.resolve();
    },
  });
  return { feed, asked };
}

async function start(
  feeds: Parameters<typeof startTrial>[0]['feeds'] = [],
  dataDir?: string,
): Promise<Trial> {
  const trial = await startTrial({ feeds, ...(dataDir === undefined ? {} : { dataDir }) });
  trials.add(trial);
  return trial;
}

function askerOf(trial: Trial) {
  const cookies = new Map<Role, string>();
  return async <T>(role: Role, address: string, body?: object): Promise<{ status: number; body: T }> => {
    const cookie = cookies.get(role) ?? (await becomeDemo(trial, role));
    cookies.set(role, cookie);
    const answer = await fetch(`${trial.server.url}${address}`, {
      method: body ? 'POST' : 'GET',
      headers: { cookie, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify({ action: randomUUID(), ...body }) } : {}),
    });
    return { status: answer.status, body: (await answer.json()) as T };
  };
}
type Ask = ReturnType<typeof askerOf>;

const begin = (trial: Trial, said: object = {}): Switch => ({
  ...{ verb: 'begin', area: CITY, name: '七月洪水', responses: [{ kind: 'flood', level: 'III' }] },
  ...{ until: trial.clock.now() + 12 * HOUR, scene: 'overview', incident: null, plans: [], ...said },
});

async function done<T>(ask: Ask, role: Role, [address, body]: [string, object]): Promise<T> {
  const answer = await ask<T>(role, address, body);
  expect([address, answer.status, answer.status === 201 ? '' : answer.body]).toEqual([address, 201, '']);
  return answer.body;
}

async function byTwo(ask: Ask, change: Switch): Promise<CrisisView> {
  const view = await done<CrisisView>(ask, 'duty-chief', [
    '/api/crisis/proposals',
    { reason: '请示', change },
  ]);
  const id = view.proposals[0]?.id ?? 0;
  return done(ask, 'commander', [`/api/crisis/proposals/${id}/approve`, { reason: '同意' }]);
}

/** Lets what timers have begun come to an end. */
async function letPass(trial: Trial, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) {
    trial.clock.advance(500);
    for (let at = 0; at < 4; at += 1) await new Promise((resolve) => setImmediate(resolve));
  }
}

test('ticks and feeds go faster in 战时, and as before when it ends', async () => {
  const { feed, asked } = pollingFeed();
  const trial = await start([feed]);
  const ask = askerOf(trial);
  const { world } = trial.server;
  const within = async (ms: number): Promise<[ticks: number, questions: number]> => {
    const [tick, count] = [world.tick, asked.length];
    await letPass(trial, ms);
    return [world.tick - tick, asked.length - count];
  };
  await letPass(trial, 2000);
  expect(await within(120_000)).toEqual([120, 2]);
  const preview = await ask<SwitchPreview>('duty-chief', '/api/crisis/preview', {
    action: undefined,
    change: begin(trial),
  });
  const changes = preview.body.lines.map(({ part, before, after }) => [part, before?.en, after?.en]);
  expect(changes).toContainEqual(['feed', '60 s', '5 s']);
  expect(changes).toContainEqual(['tick', '1 s', '0.5 s']);
  await byTwo(ask, begin(trial));
  await letPass(trial, 2000);
  const [ticks, questions] = await within(120_000);
  expect(ticks).toBe(240);
  expect(questions).toBeGreaterThanOrEqual(23);
  await byTwo(ask, { verb: 'rollback', area: CITY });
  await letPass(trial, 62_000);
  expect(await within(120_000)).toEqual([120, 2]);
}, 60_000);

test('every screen hears of it with one packet, and two persons are two', async () => {
  const trial = await start();
  const ask = askerOf(trial);
  const screens = await Promise.all(
    [0, 1, 2].map(async () => {
      const cookie = await becomeDemo(trial, 'viewer-wall');
      const client = new TrialClient({ io, url: trial.server.url, layers: [mode], cookie, label: 'public' });
      await client.connect();
      await client.subscribe();
      return client;
    }),
  );
  onTestFinished(() => screens.forEach((screen) => screen.close()));
  trial.clock.advance(1000);
  const change = begin(trial);
  const view = await done<CrisisView>(ask, 'commander', [
    '/api/crisis/proposals',
    { reason: '汛情', change },
  ]);
  const id = view.proposals[0]?.id ?? 0;
  const approve = `/api/crisis/proposals/${id}/approve`;
  expect(await ask('commander', approve, { reason: 'x' })).toMatchObject({
    status: 403,
    body: { code: 'access/duties' },
  });
  expect(await ask('duty-chief', approve, { reason: 'x' })).toMatchObject({ status: 403 });
  expect(await ask('duty-officer', approve, { reason: 'x' })).toMatchObject({ status: 403 });
  expect(await ask('county-center', approve, { reason: 'x' })).toMatchObject({ status: 404 });
  await done(ask, 'leader', [approve, { reason: '同意' }]);
  trial.clock.advance(250);
  const shown = (screen: TrialClient) => {
    const table = screen.table(mode);
    return table.slotOf(CITY) >= 0 ? table.row(table.slotOf(CITY)).values : null;
  };
  for (const screen of screens) {
    await until(() => shown(screen)?.['mode'] === 'crisis', 'the mode on a screen');
    expect(shown(screen)).toMatchObject({
      title: '七月洪水',
      responseLevel: 'III',
      responses: ['flood III'],
    });
  }
});

test('a plan begins and ends with it, and all of it holds over a restart', async () => {
  const trial = await start();
  const ask = askerOf(trial);
  const plan = planWith(({ steps }) => ({
    steps: steps.map((one) => ({ ...one, resources: [], places: [] })),
  }));
  const { record } = await done<PlanView>(ask, 'duty-chief', ['/api/plans', { plan }]);
  const submitted = await done<PlanView>(ask, 'duty-chief', [
    '/api/plans/flood-small/submit',
    { seen: record.seq },
  ]);
  await done(ask, 'commander', ['/api/plans/flood-small/approve', { seen: submitted.record.seq }]);
  const { incident } = await done<IncidentView>(ask, 'duty-officer', [
    '/api/incidents',
    { kind: 'flood', title: '河水上涨' },
  ]);
  const { id, seq } = incident;
  await done(ask, 'duty-chief', [`/api/incidents/${id}/accept`, { seen: seq }]);
  const plans = [{ plan: 'flood-small', version: 1, level: 'III' }];
  await byTwo(ask, begin(trial, { incident: id, plans }));
  const runs = async (asker: Ask) =>
    (await asker<{ runs: PlanRun[] }>('commander', `/api/plan-runs?incident=${id}`)).body.runs;
  expect(await runs(ask)).toMatchObject([{ plan: 'flood-small', level: 'III', startedBy: 'demo-commander' }]);
  /** Steps on the map: those under way and those that wait, while the plan is in force. */
  const stepsOn = ({ server }: Trial): unknown[] =>
    [...server.world.table('plan-step').rows()].map(({ values }) => values['state']);
  const states = stepsOn(trial);
  expect(states.length).toBeGreaterThan(0);
  expect(new Set(states)).toEqual(new Set(states.includes('waiting') ? ['open', 'waiting'] : ['open']));

  const before = (await ask<CrisisView>('commander', '/api/crisis')).body;
  trials.delete(trial);
  await trial.server.stop();
  const later = await start([], trial.dataDir);
  const askLater = askerOf(later);
  const after = (await askLater<CrisisView>('commander', '/api/crisis')).body;
  expect({ ...after, now: 0 }).toEqual({ ...before, now: 0 });
  expect(await runs(askLater)).toHaveLength(1);
  expect(stepsOn(later)).toEqual(states);
  await byTwo(askLater, { verb: 'rollback', area: CITY });
  expect(await runs(askLater)).toMatchObject([{ level: null }]);
  await letPass(later, 1500);
  expect(stepsOn(later)).toEqual([]);
  const table = later.server.world.table('mode');
  expect(table.row(table.slotOf(CITY)).values).toMatchObject({
    mode: 'peace',
    responseLevel: null,
    title: null,
  });
});
