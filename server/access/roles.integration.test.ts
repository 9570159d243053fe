// Every route and every socket event × every role, against the table of the city's roles written here by hand: a route
// that is not in it fails the test, and so does one that answers a role it should not.
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import type { Role } from '../../contracts/records/account.ts';
import { roles } from '../../contracts/records/account.ts';
import { wireEvents } from '../../contracts/wire.ts';
import type { Route } from '../http/route.ts';
import { TrialClient, until } from '../main/trial-client.ts';
import type { Trial } from '../main/trial-server.ts';
import { driveFeed, startTrial } from '../main/trial-server.ts';

const command: readonly Role[] = ['leader', 'commander', 'deputy-commander', 'duty-chief', 'duty-officer'];
const units: readonly Role[] = ['county-center', 'town-officer', 'grid-worker'];
const business: readonly Role[] = [...command, 'dept-liaison', ...units, 'analyst', 'publisher'];
const without = (all: readonly Role[], ...left: Role[]): readonly Role[] =>
  all.filter((role) => !left.includes(role));

const everybody = 'everybody';
const all = roles;
const map: readonly Role[] = [...business, 'viewer-wall'];
const past = without(business, 'grid-worker');
const byHand: readonly Role[] = ['duty-chief', 'duty-officer', 'county-center'];
const drills: readonly Role[] = ['commander', 'deputy-commander', 'duty-chief', 'duty-officer'];
const settingReaders: readonly Role[] = [...command, 'county-center', 'analyst', 'auditor'];
const exporters: readonly Role[] = ['duty-chief', 'dept-liaison', 'county-center', 'analyst', 'publisher'];
const proposers: readonly Role[] = ['leader', 'commander', 'duty-chief', 'duty-officer', 'county-center'];
const switchers = without(proposers, 'duty-officer');

/** "method path", the longest beginning that fits counts → who gets an answer. */
const table: Readonly<Record<string, readonly Role[] | typeof everybody>> = {
  'get /metrics': ['sys-admin'],
  'get /health': everybody,
  'get /ready': everybody,
  'get /api/session': everybody,
  'post /api/session': everybody,
  'delete /api/session': everybody,
  'get /api/accounts': ['sys-admin', 'sec-admin', 'auditor'],
  'post /api/accounts': ['sys-admin'],
  'post /api/accounts/:id/approve': ['sec-admin'],
  'post /api/accounts/:id/decline': ['sec-admin'],
  'get /api/audit': ['auditor'],
  'get /api/break-glass': ['sec-admin', 'auditor'],
  'post /api/break-glass': [...command, 'dept-liaison', 'county-center', 'analyst', 'publisher'],
  'post /api/break-glass/:id/end': ['sec-admin'],
  'post /api/break-glass/:id/review': ['sec-admin'],
  'get /api/city': all,
  'get /api/city-settings': settingReaders,
  'post /api/city-settings': settingReaders,
  'post /api/city-settings/indicator-limits/change': ['duty-chief'],
  'post /api/city-settings/indicator-limits/changes/:id/undo': ['duty-chief'],
  'post /api/city-settings/responsibility/change': ['duty-chief'],
  'post /api/city-settings/responsibility/changes/:id/undo': ['duty-chief'],
  'post /api/city-settings/area/change': ['duty-chief'],
  'post /api/city-settings/area/changes/:id/undo': ['duty-chief'],
  'get /api/gazetteer': all,
  'get /api/scenes': map,
  'get /api/scenarios': all,
  'get /api/worlds': all,
  'post /api/worlds': drills,
  'post /api/worlds/:id/inbox/:name': everybody,
  'delete /api/worlds/:id': drills,
  'get /api/indicators': map,
  'get /api/nearest': map,
  'get /api/layers': map,
  'get /api/layers/:slug/export': exporters,
  'get /api/exports': ['leader', 'commander', 'sec-admin', 'auditor'],
  'get /api/exports/own': exporters,
  'post /api/exports': exporters,
  'post /api/exports/:id/approve': ['leader', 'commander', 'sec-admin'],
  'post /api/exports/:id/decline': ['leader', 'commander', 'sec-admin'],
  'get /api/exports/:id/file': exporters,
  'post /api/exports/lists': exporters,
  'get /api/history': past,
  'get /api/history/recording': exporters,
  'get /api/warnings': map,
  'get /ogc': map,
  'get /api/feeds': [...without(past, 'town-officer'), 'sys-admin', 'viewer-wall'],
  'get /api/feed-settings': ['sys-admin', 'sec-admin', 'auditor'],
  'post /api/feed-settings/:id/change': ['sys-admin'],
  'post /api/feed-settings/:id/turn': ['sys-admin'],
  'post /api/feed-settings/:id/secret': ['sec-admin'],
  'post /api/feed-settings/changes/:id/undo': ['sys-admin'],
  'post /api/feed-settings/secret-changes/:id/undo': ['sec-admin'],
  'get /api/quarantine': ['duty-chief', 'duty-officer', 'sys-admin'],
  'get /api/operations': [...command, 'dept-liaison', 'county-center', 'analyst'],
  'get /api/alerts': [...command, 'dept-liaison', 'county-center', 'analyst', 'viewer-wall'],
  'post /api/alerts': byHand,
  'get /api/clusters': [...command, 'dept-liaison', 'county-center', 'analyst', 'viewer-wall'],
  'post /api/clusters': byHand,
  'get /api/alert-rules': [...command, 'dept-liaison', 'county-center', 'analyst', 'viewer-wall'],
  'post /api/alert-rules': [...command, 'dept-liaison', 'county-center', 'analyst', 'viewer-wall'],
  'post /api/alert-rules/switch': ['duty-chief'],
  'post /api/alert-rules/limits': ['duty-chief'],
  'post /api/alert-rules/limits/undo': ['duty-chief'],
  'get /api/incidents': business,
  'get /api/incidents/board': map,
  'get /api/incidents/:id/file': exporters,
  'post /api/incidents': ['duty-chief', 'duty-officer', ...units],
  'post /api/incidents/from-row': ['duty-chief', 'duty-officer', ...units],
  'post /api/incidents/files': ['duty-chief', 'duty-officer', 'dept-liaison', ...units],
  'post /api/incidents/:id/tasks': ['leader', 'commander', 'duty-chief', 'county-center'],
  'post /api/incidents/:id': ['duty-chief', 'dept-liaison', ...units],
  'get /api/outbox': without(business, 'analyst'),
  'post /api/outbox/receipts': everybody,
  'post /api/outbox/statements': byHand,
  'post /api/outbox/:id/word': byHand,
  'post /api/outbox/:id/approve': ['commander', 'duty-chief', 'county-center'],
  'post /api/outbox/:id/cancel': byHand,
  'post /api/outbox/:id/retry': byHand,
  'post /api/outbox/:id/read': ['duty-chief', 'duty-officer', 'dept-liaison', ...units],
  'get /api/tasks': business,
  'post /api/tasks/:id': ['dept-liaison', ...units],
  'post /api/tasks/:id/accept': ['leader', 'commander', 'duty-chief', 'county-center'],
  'post /api/tasks/:id/return': ['leader', 'commander', 'duty-chief', 'county-center'],
  'post /api/tasks/:id/withdraw': ['leader', 'commander', 'duty-chief', 'county-center'],
  'get /api/plans': [...without(command, 'duty-officer'), 'dept-liaison', 'county-center', 'analyst'],
  'get /api/plan-runs': business,
  'post /api/plans': ['duty-chief', 'dept-liaison', 'county-center'],
  'post /api/plans/:id': ['duty-chief', 'dept-liaison', 'county-center'],
  'post /api/plans/:id/return': ['commander'],
  'post /api/plans/:id/approve': ['commander'],
  'post /api/plans/:id/activate': ['leader', 'commander', 'county-center'],
  'post /api/plan-runs/:id': ['leader', 'commander', 'county-center'],
  'get /api/plan-runs/:id/conformance/file': exporters,
  'get /api/roads': map,
  'post /api/roads': byHand,
  'get /api/plumes': map,
  'post /api/plumes': byHand,
  'post /api/exposure': map,
  'get /api/resources': without(business, 'publisher'),
  'post /api/resources': ['duty-chief', 'dept-liaison', 'county-center'],
  'post /api/resources/bookings/:id/decide': ['commander'],
  'get /api/evidence': [...command, 'county-center'],
  'post /api/evidence': [...without(command, 'duty-officer'), 'county-center'],
  'get /api/orders': business,
  'post /api/orders': ['leader', 'commander', 'duty-chief', 'county-center'],
  'post /api/orders/:id': ['dept-liaison', ...units],
  'post /api/orders/:id/withdraw': ['leader', 'commander', 'duty-chief', 'county-center'],
  'get /api/options': [...without(command, 'duty-officer'), 'dept-liaison', 'county-center', 'analyst'],
  'post /api/options': ['leader', 'commander', 'duty-chief', 'county-center'],
  'get /api/decisions': map,
  'post /api/decisions/:slug/runs': [...without(command, 'leader'), 'county-center', 'analyst'],
  'post /api/decisions/:slug/runs/:id/adopt': ['leader', 'commander', 'duty-chief', 'county-center'],
  'post /api/decisions/:slug/runs/:id/dismiss': ['leader', 'commander', 'duty-chief', 'county-center'],
  'get /api/calls': business,
  'get /api/calls/units': [...without(command, 'deputy-commander'), 'county-center'],
  'post /api/calls': [...without(command, 'deputy-commander'), 'county-center'],
  'post /api/calls/:id/answer': ['dept-liaison', ...units],
  'get /api/acknowledgements': business,
  'post /api/acknowledgements/:id/answer': ['duty-chief', 'duty-officer', 'dept-liaison', ...units],
  'get /api/situations': business,
  'get /api/situations/:id/file': exporters,
  'post /api/situations': byHand,
  'get /api/duty': [...command, 'dept-liaison', 'county-center'],
  'get /api/duty/bulletin/file': ['duty-chief', 'dept-liaison', 'county-center'],
  'post /api/duty/roster': ['duty-chief', 'county-center'],
  'post /api/duty/hand-overs': byHand,
  'post /api/operations': byHand,
  'get /api/crisis': [...command, 'dept-liaison', 'county-center', 'sec-admin', 'auditor'],
  'get /api/crisis/room': map,
  'get /api/task-board': business,
  'get /api/headquarters': [...command, 'dept-liaison', ...units],
  'post /api/headquarters/seats': ['commander', 'duty-chief', 'county-center'],
  'post /api/roll-calls': ['commander', 'duty-chief', 'county-center'],
  'post /api/roll-calls/:id/answer': ['duty-chief', 'duty-officer', 'county-center', 'town-officer'],
  'post /api/roll-calls/:id/end': ['commander', 'duty-chief', 'county-center'],
  'post /api/crisis/preview': proposers,
  'post /api/crisis/proposals': proposers,
  'post /api/crisis/proposals/:id/refuse': switchers,
  'post /api/crisis/proposals/:id/approve': switchers,
  'post /api/crisis/proposals/:id/withdraw': proposers,
  'post /api/crisis/alone': switchers,
  'post /api/crisis/commits/:id/confirm': switchers,
  'post /api/crisis/commits/:id/review': ['leader', 'commander', 'county-center', 'sec-admin'],
  'get /api/stills': [...command, 'dept-liaison', 'county-center'],
  'post /inbox': everybody,
  'get /tiles': all,
  'get /api/openapi.json': everybody,
  'get /': everybody,
  'get /{*': everybody,
};

function rowOf({ method, path }: Route): readonly Role[] | typeof everybody | undefined {
  const name = `${method} ${path}`;
  const fits = Object.keys(table).filter(
    (key) =>
      name === key ||
      (key !== 'get /' && name.startsWith(key) && /^[/.{?]|^$/.test(name.slice(key.length))) ||
      (key === 'get /{*' && name.startsWith(key)),
  );
  return table[fits.sort((a, b) => b.length - a.length)[0] ?? ''];
}

const feed = driveFeed('driven', [vehiclePosition]);
let trial: Trial;
const cookies = new Map<Role, string>();

/** Behind /api/session. */
const post = (address: string, body: object, cookie: string): Promise<Response> =>
  fetch(`${trial.server.url}/api/session${address}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function signIn(role: Role): Promise<string> {
  const answer = await post('/demo', { account: `demo-${role}` }, '');
  expect(answer.status).toBe(204);
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

beforeAll(async () => {
  trial = await startTrial({ feeds: [feed], args: ['--static', '.', '--tiles', '.'] });
  for (const role of roles) {
    const cookie = await signIn(role);
    expect([role, (await post('/step-up', {}, cookie)).status]).toEqual([role, 204]);
    cookies.set(role, cookie);
  }
});
afterAll(() => trial.server.stop());

/** It would end the session the others are asked with, or say who it is. */
const isOfSession = ({ method, path }: Route): boolean =>
  ['delete /api/session', 'post /api/session/step-up'].includes(`${method} ${path}`);

/** The code of a refusal; '' where whoever has the cookie got an answer, be it that the question was wrong. */
async function refusal({ method, path }: Route, cookie: string): Promise<string> {
  const address = path.replaceAll(/\{?\/?\*\w+\}?/g, '/x').replaceAll(/:\w+/g, 'x');
  const stop = new AbortController();
  const answer = await fetch(`${trial.server.url}${address}`, {
    method: method.toUpperCase(),
    headers: { cookie, 'content-type': 'application/json' },
    signal: stop.signal,
    ...(method === 'get' ? {} : { body: '{}' }),
  });
  if (answer.status !== 403 && answer.status !== 401) {
    stop.abort();
    return '';
  }
  const { code } = (await answer.json()) as { code: string };
  return code === 'access/refused' ? '' : code;
}

test('every route stands in the table', () => {
  const missing = trial.server.routes.filter((route) => rowOf(route) === undefined);
  expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  expect(trial.server.routes.length).toBeGreaterThan(60);
});

test.each(roles)('what %s asks of every route is answered or refused as the table says', async (role) => {
  const wrong: string[] = [];
  for (const route of trial.server.routes) {
    if (isOfSession(route)) continue;
    const row = rowOf(route);
    const may = row === everybody || (row?.includes(role) ?? false);
    const code = await refusal(route, cookies.get(role) ?? '');
    if ((code === '') !== may)
      wrong.push(`${route.method} ${route.path}: ${may ? `refused ${code}` : 'answered'}`);
  }
  expect(wrong).toEqual([]);
});

test('what is sensitive is asked of nobody who has not said once more who they are', async () => {
  const asked = new Set<string>();
  for (const role of ['duty-chief', 'sys-admin', 'sec-admin'] as const) {
    const cookie = await signIn(role);
    for (const one of trial.server.routes)
      if (!isOfSession(one) && (await refusal(one, cookie)) === 'access/step-up')
        asked.add(`${one.method} ${one.path}`);
  }
  expect([...asked].sort()).toEqual([
    'get /api/duty/bulletin/file',
    'get /api/exports/:id/file',
    'get /api/history/recording',
    'get /api/incidents/:id/file',
    'get /api/layers/:slug/export',
    'get /api/plan-runs/:id/conformance/file',
    'get /api/situations/:id/file',
    'post /api/accounts',
    'post /api/accounts/:id/approve',
    'post /api/accounts/:id/decline',
    'post /api/accounts/:id/disable',
    'post /api/accounts/:id/enable',
    'post /api/accounts/:id/grant',
    'post /api/accounts/:id/reset',
    'post /api/accounts/:id/sign-out',
    'post /api/accounts/:id/undo',
    'post /api/alert-rules/limits',
    'post /api/alert-rules/limits/undo',
    'post /api/break-glass',
    'post /api/break-glass/:id/end',
    'post /api/break-glass/:id/review',
    'post /api/city-settings/area/change',
    'post /api/city-settings/area/changes/:id/undo',
    'post /api/city-settings/indicator-limits/change',
    'post /api/city-settings/indicator-limits/changes/:id/undo',
    'post /api/city-settings/responsibility/change',
    'post /api/city-settings/responsibility/changes/:id/undo',
    'post /api/crisis/alone',
    'post /api/crisis/commits/:id/confirm',
    'post /api/crisis/proposals/:id/approve',
    'post /api/crisis/proposals/:id/refuse',
    'post /api/exports/:id/approve',
    'post /api/exports/:id/decline',
    'post /api/exports/lists',
    'post /api/feed-settings/:id/change',
    'post /api/feed-settings/:id/secret',
    'post /api/feed-settings/:id/turn',
    'post /api/feed-settings/changes/:id/undo',
    'post /api/feed-settings/secret-changes/:id/undo',
  ]);
  const answer = await post('/step-up', {}, '');
  expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'access/sign-in' }]);
});

/** What each event of the socket takes, or that only the server says it. */
const events: Readonly<Record<string, 'server' | readonly Role[]>> = {
  [wireEvents.hello]: 'server',
  [wireEvents.subscribe]: map,
  [wireEvents.unsubscribe]: all,
  [wireEvents.frames]: 'server',
  [wireEvents.applied]: all,
  [wireEvents.skipped]: 'server',
  [wireEvents.clock]: 'server',
  [wireEvents.error]: 'server',
};

test('every event of the socket stands in the table', () => {
  expect(Object.values(wireEvents).filter((event) => !(event in events))).toEqual([]);
});

test.each(roles)('%s may subscribe, or not, as the table says, and is told its classes', async (role) => {
  const cookie = cookies.get(role) ?? '';
  const client = new TrialClient({ io, url: trial.server.url, layers: [vehiclePosition], cookie });
  const { labels } = await client.connect();
  const { refused } = await client.subscribe();
  client.send(wireEvents.unsubscribe);
  client.send(wireEvents.applied, 0);
  client.close();
  expect(refused.length === 0).toBe(map.includes(role));
  expect(client.errors).toEqual([]);
  const isWhole = command.includes(role) || role === 'county-center';
  expect(labels.includes('sensitive')).toBe(isWhole);
});

test('a socket ends when its person takes a role in an emergency, and when that is over, and comes again with other classes', async () => {
  const cookie = cookies.get('analyst') ?? '';
  const client = new TrialClient({ io, url: trial.server.url, layers: [vehiclePosition], cookie });
  expect((await client.connect()).labels).toEqual(['public', 'internal']);
  const answer = await fetch(`${trial.server.url}/api/break-glass`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ role: 'duty-chief', minutes: 5, reason: '值班长失联' }),
  });
  expect(answer.status).toBe(201);
  await until(() => !client.socket.connected, 'the socket is cut');
  expect((await client.connect()).labels).toEqual(['public', 'internal', 'sensitive']);
  trial.clock.advance(5 * 60_000 + 1000);
  await until(() => !client.socket.connected, 'the socket is cut again');
  expect((await client.connect()).labels).toEqual(['public', 'internal']);
  client.close();
});

test('a page of another address opens no socket and changes nothing with the cookie', async () => {
  const cookie = cookies.get('duty-chief') ?? '';
  const answer = await fetch(`${trial.server.url}/api/operations/feed`, {
    method: 'POST',
    headers: { cookie, origin: 'https://elsewhere.example', 'content-type': 'application/json' },
    body: '{}',
  });
  expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'access/origin' }]);
});
