// From the first start of a server with real feeds to people at work: the one-time password, the three duties, lock-out,
// second factor, idle end, devices, and the audit log that only the auditor reads.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { createManualClock } from '../kit/clock.ts';
import { startServer } from '../main/server.ts';
import type { RunningServer } from '../main/server.ts';
import { TRIAL_START, silentLog } from '../main/trial-server.ts';
import { openForReading } from '../store/open-store.ts';
import { auditStore } from '../store/audit-store.ts';
import { CookieBrowser } from './browser.test-kit.ts';
import { fromBase32, hotp, stepAt } from './totp.ts';

const MINUTE = 60_000;
const clock = createManualClock(TRIAL_START);
const dataDir = mkdtempSync(path.join(tmpdir(), 'cockpit-access-'));
const told: string[] = [];
let server: RunningServer;

async function start(): Promise<void> {
  const file = path.join(dataDir, 'config.yaml');
  // Quick hashes: the cost of OWASP has a test of its own.
  writeFileSync(file, 'access:\n  passwordCost: 10\ntick:\n  peaceMs: 60000\n');
  const ports = ['--port', '0', '--mqtt-port', '0', '--jtt808-port', '0', '--hj212-port', '0'];
  const config = readConfig(
    ['--city', 'testville', '--data-dir', dataDir, '--no-demo', '--config', file, ...ports],
    {},
  );
  if (!config) throw new Error('asked for help');
  const tell = (text: string): void => void told.push(text);
  server = await startServer(config, { log: silentLog, clock, feeds: new Map(), tell });
}

beforeAll(start);
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true });
});

/** One browser. */
class Browser extends CookieBrowser {
  constructor() {
    super(() => server.url);
  }
}

const passwords = new Map<string, string>();

/** Signs in with what was given and chooses a password of one's own. */
async function firstSignIn(id: string, initial: string): Promise<Browser> {
  const browser = new Browser();
  expect((await browser.signIn(id, initial)).status).toBe(204);
  const blocked = await browser.call('GET', '/api/accounts');
  expect([blocked.status, blocked.body['code']]).toEqual([403, 'access/must-change']);
  const own = `${id.toUpperCase().split('').reverse().join('')}-Own-${passwords.size}-word`;
  const chosen = await browser.call('POST', '/api/session/password', { old: initial, new: own });
  expect([id, chosen]).toMatchObject([id, { status: 204 }]);
  passwords.set(id, own);
  if (administrators.has(id)) await enrol(id, browser);
  return browser;
}

/** Who signs in with a second factor. */
const administrators = new Set(['admin', 'sec', 'aud']);
const factors = new Map<string, { readonly secret: string; used: number }>();

/** The next code of an administrator: one counts once. */
function codeOf(id: string): string {
  const factor = factors.get(id);
  if (!factor) throw new Error(`${id} has no second factor`);
  factor.used = Math.max(stepAt(clock.now()), factor.used + 1);
  while (factor.used > stepAt(clock.now()) + 1) clock.advance(30_000);
  return hotp(fromBase32(factor.secret), factor.used);
}

/** Nothing is open to an administrator before. */
async function enrol(id: string, browser: Browser): Promise<void> {
  const blocked = await browser.call('GET', '/api/accounts');
  expect([id, blocked.status, blocked.body['code']]).toEqual([id, 403, 'access/must-enrol']);
  expect((await browser.call('GET', '/api/session')).body).toMatchObject({
    ...{ needsTotp: true, hasTotp: false },
    may: expect.not.arrayContaining(['read-accounts', 'read-city']),
  });
  const { secret } = (await browser.call('GET', '/api/session/totp')).body as { secret: string };
  factors.set(id, { secret, used: 0 });
  const password = passwords.get(id);
  const set = await browser.call('POST', '/api/session/totp', { password, secret, code: codeOf(id) });
  expect([id, set]).toMatchObject([id, { status: 204 }]);
  const away = { password, secret: null, code: '000000' };
  expect((await browser.call('POST', '/api/session/totp', away)).body['code']).toBe('request/conflict');
}

/** Of the browsers of the administrators, when their sign-in is long ago. */
async function stepUp(id: 'admin' | 'sec'): Promise<void> {
  const browser = id === 'admin' ? admin : security;
  const answer = await browser.call('POST', '/api/session/step-up', { code: codeOf(id) });
  expect([id, answer]).toMatchObject([id, { status: 204 }]);
}

const initialOf = (): string => told.join('').match(/password: (\S+)/)?.[1] ?? '';
let admin: Browser;
let security: Browser;
let auditor: Browser;

test('nobody comes in before signing in; the first password is told once and kept nowhere in plain', async () => {
  const nobody = new Browser();
  expect(await nobody.call('GET', '/api/layers')).toMatchObject({
    status: 401,
    body: { code: 'access/sign-in' },
  });
  expect(await nobody.call('GET', '/health')).toEqual({
    status: 200,
    body: { status: 'ok', city: 'testville' },
  });
  expect((await nobody.call('GET', '/api/session')).body).toMatchObject({ who: null, demo: null });
  expect(told.length).toBe(1);
  admin = await firstSignIn('admin', initialOf());
  const kept = readFileSync(path.join(dataDir, 'testville', 'records.db'), 'latin1');
  expect([kept.includes(initialOf()), kept.includes(passwords.get('admin') ?? '')]).toEqual([false, false]);
  expect((await nobody.call('POST', '/api/session/demo', { account: 'demo-leader' })).status).toBe(404);
});

test('the three duties are three people, who need each other', async () => {
  const make = async (id: string, roles: string[], areas = ['*']) =>
    admin.call('POST', '/api/accounts', { id, name: id, roles, areas });
  expect(await make('zhang', ['duty-chief'])).toMatchObject({ status: 403, body: { code: 'access/duties' } });
  const sec = await make('sec', ['sec-admin']);
  security = await firstSignIn('sec', String(sec.body['secret']));
  const aud = await make('aud', ['auditor']);
  expect(aud.body).toMatchObject({ account: { state: 'asked', roles: [] } });
  expect((await new Browser().signIn('aud', String(aud.body['secret']))).status).toBe(401);
  const reason = { reason: 'as ordered' };
  expect((await admin.call('POST', '/api/accounts/aud/approve', reason)).status).toBe(403);
  expect((await security.call('POST', '/api/accounts/aud/approve', reason)).status).toBe(200);
  auditor = await firstSignIn('aud', String(aud.body['secret']));
  expect(await make('both', ['sys-admin', 'auditor'])).toMatchObject({ status: 403 });
  expect(await make('mix', ['duty-chief', 'sec-admin'])).toMatchObject({ status: 403 });
  expect(await make('county', ['county-center'])).toMatchObject({ status: 400 });
  expect(await make('county', ['county-center'], ['123456'])).toMatchObject({ status: 400 });
  expect(await make('aud', ['analyst'])).toMatchObject({ status: 409 });
  expect((await admin.call('POST', '/api/accounts/admin/disable', reason)).body['code']).toBe(
    'access/duties',
  );
});

test('other roles hold once approved, end the sessions, and are taken back', async () => {
  const made = await admin.call('POST', '/api/accounts', {
    id: 'li',
    name: '李',
    roles: ['analyst'],
    areas: ['*'],
  });
  const reason = { reason: 'shift' };
  await security.call('POST', '/api/accounts/li/approve', reason);
  const li = await firstSignIn('li', String(made.body['secret']));
  expect((await li.call('GET', '/api/layers')).status).toBe(200);
  expect((await li.call('GET', '/api/quarantine')).status).toBe(403);
  const asked = { roles: ['duty-officer'], areas: ['*'], reason: 'duty' };
  expect((await admin.call('POST', '/api/accounts/li/grant', asked)).body).toMatchObject({
    account: { roles: ['analyst'] },
  });
  expect((await admin.call('POST', '/api/accounts/li/undo', reason)).body).toMatchObject({
    account: { asked: null },
  });
  await admin.call('POST', '/api/accounts/li/grant', asked);
  await security.call('POST', '/api/accounts/li/approve', reason);
  expect((await li.call('GET', '/api/layers')).status).toBe(401);
  expect((await li.signIn('LI', passwords.get('li') ?? '')).status).toBe(204);
  expect((await li.call('GET', '/api/quarantine')).status).toBe(200);
  await admin.call('POST', '/api/accounts/li/disable', reason);
  expect((await li.call('GET', '/api/layers')).status).toBe(401);
  expect((await li.signIn('li', passwords.get('li') ?? '')).body['code']).toBe('access/refused');
  expect((await admin.call('POST', '/api/accounts/li/undo', reason)).body).toMatchObject({
    account: { state: 'active' },
  });
});

test('a password must be new and strong, and the last ones do not come again', async () => {
  const li = new Browser();
  const old = passwords.get('li') ?? '';
  await li.signIn('li', old);
  for (const word of ['short', 'alllowercaseletters', old]) {
    const answer = await li.call('POST', '/api/session/password', { old, new: word });
    expect([word, answer.status, answer.body['code']]).toEqual([word, 400, 'access/password']);
  }
  expect((await li.call('POST', '/api/session/password', { old: 'x', new: 'Fine-Enough-77' })).status).toBe(
    401,
  );
});

test('five failures lock for half an hour, and say the same of a name that is none', async () => {
  const browser = new Browser();
  const messages = new Set<unknown>();
  await browser.signIn('li', passwords.get('li') ?? '');
  for (const name of ['zzz', 'li']) {
    for (let n = 0; n < 5; n += 1)
      messages.add((await browser.signIn(name, 'Wrong-Password-1')).body['message']);
    expect((await browser.signIn(name, passwords.get(name) ?? 'x')).body['code']).toBe('access/locked');
  }
  expect(messages.size).toBe(1);
  await admin.call('POST', '/api/session/seen');
  clock.advance(14 * MINUTE);
  for (const one of [admin, security, auditor]) await one.call('POST', '/api/session/seen');
  clock.advance(14 * MINUTE);
  for (const one of [admin, security, auditor]) await one.call('POST', '/api/session/seen');
  clock.advance(3 * MINUTE);
  expect((await browser.signIn('li', passwords.get('li') ?? '')).status).toBe(204);
});

test('what is sensitive asks once more who it is, and then is done for ten minutes', async () => {
  const change = () => admin.call('POST', '/api/accounts/li/sign-out', { reason: 'shift is over' });
  expect(await change()).toMatchObject({ status: 401, body: { code: 'access/step-up' } });
  expect((await admin.call('GET', '/api/accounts')).status).toBe(200);
  expect((await admin.call('GET', '/api/session')).body['stepUp']).toBe('code');
  const said = (body: object) => admin.call('POST', '/api/session/step-up', body);
  expect((await said({ code: '000000' })).body['code']).toBe('access/refused');
  expect((await said({ password: passwords.get('admin') })).body['code']).toBe('access/code');
  expect((await change()).body['code']).toBe('access/step-up');
  expect((await new Browser().call('POST', '/api/session/step-up', {})).body['code']).toBe('access/sign-in');
  for (const one of ['admin', 'sec'] as const) await stepUp(one);
  expect((await change()).status).toBe(200);
  const li = new Browser();
  await li.signIn('li', passwords.get('li') ?? '');
  clock.advance(10 * MINUTE + 1);
  expect((await change()).body['code']).toBe('access/step-up');
  const own = (body: object) => li.call('POST', '/api/session/step-up', body);
  expect((await li.call('GET', '/api/session')).body['stepUp']).toBe('password');
  expect((await own({})).body['code']).toBe('access/refused');
  expect((await own({ password: 'Wrong-Password-2' })).body['code']).toBe('access/refused');
  expect((await own({ password: passwords.get('li') })).status).toBe(204);
  for (const one of [admin, security, auditor]) await one.call('POST', '/api/session/seen');
});

test('with a second factor the password alone opens nothing, and a code counts once', async () => {
  const li = new Browser();
  await li.signIn('li', passwords.get('li') ?? '');
  const password = passwords.get('li') ?? '';
  const { secret } = (await li.call('GET', '/api/session/totp')).body as { secret: string };
  const codeAt = (at: number): string => hotp(fromBase32(secret), stepAt(at));
  expect((await li.call('POST', '/api/session/totp', { password, secret, code: '000000' })).status).toBe(400);
  expect(
    (await li.call('POST', '/api/session/totp', { password, secret, code: codeAt(clock.now()) })).status,
  ).toBe(204);
  const kept = readFileSync(path.join(dataDir, 'testville', 'records.db'), 'latin1');
  expect(kept.includes(secret)).toBe(false);
  const other = new Browser();
  expect((await other.signIn('li', password)).body['code']).toBe('access/code');
  expect((await other.signIn('li', password, codeAt(clock.now()))).body['code']).toBe('access/refused');
  clock.advance(30_000);
  expect((await other.signIn('li', password, codeAt(clock.now()))).status).toBe(204);
  expect((await other.call('GET', '/api/session')).body['stepUp']).toBe('code');
  const again = (body: object) => other.call('POST', '/api/session/step-up', body);
  expect((await again({ password })).body['code']).toBe('access/code');
  expect((await again({ code: codeAt(clock.now()) })).body['code']).toBe('access/refused');
  clock.advance(30_000);
  expect((await again({ code: codeAt(clock.now()) })).status).toBe(204);
  for (let n = 0; n < 5; n += 1) await again({ code: '000000' });
  clock.advance(30_000);
  expect((await again({ code: codeAt(clock.now()) })).body['code']).toBe('access/locked');
});

test('exports and the mode switch take a second factor whatever the role; a commander does nothing without', async () => {
  for (const one of ['admin', 'sec'] as const) await stepUp(one);
  const make = async (id: string, role: string): Promise<Browser> => {
    const account = { id, name: id, roles: [role], areas: ['*'] };
    const { body } = await admin.call('POST', '/api/accounts', account);
    await security.call('POST', `/api/accounts/${id}/approve`, { reason: 'new' });
    return firstSignIn(id, String(body['secret']));
  };
  const chief = await make('chief', 'duty-chief');
  const mode = () => chief.call('POST', '/api/crisis/alone', {});
  expect((await chief.call('GET', '/api/layers')).status).toBe(200);
  expect(await mode()).toMatchObject({ status: 403, body: { code: 'access/must-enrol' } });
  const list = () => chief.call('POST', '/api/exports/lists', {});
  expect(await list()).toMatchObject({ status: 403, body: { code: 'access/must-enrol' } });
  const { secret } = (await chief.call('GET', '/api/session/totp')).body as { secret: string };
  factors.set('chief', { secret, used: 0 });
  const password = passwords.get('chief');
  await chief.call('POST', '/api/session/totp', { password, secret, code: codeOf('chief') });
  // Asked for now: what is wrong with the question is told.
  expect([(await mode()).status, (await list()).status]).toEqual([400, 400]);
  administrators.add('commander-1');
  const commander = await make('commander-1', 'commander');
  expect((await commander.call('GET', '/api/layers')).status).toBe(200);
  for (const one of [admin, security, auditor]) await one.call('POST', '/api/session/seen');
});

test('a session ends when nobody touches it, questions of the page alone do not keep it', async () => {
  const li = new Browser();
  for (const one of ['admin', 'sec'] as const) await stepUp(one);
  const wang = await admin.call('POST', '/api/accounts', {
    id: 'wang',
    name: '王',
    roles: ['leader'],
    areas: ['*'],
  });
  expect((await security.call('POST', '/api/accounts/wang/approve', { reason: 'new' })).status).toBe(200);
  await li.signIn('wang', String(wang.body['secret']));
  for (let n = 0; n < 3; n += 1) {
    clock.advance(5 * MINUTE);
    for (const one of [admin, security, auditor]) await one.call('POST', '/api/session/seen');
    await li.call('GET', '/api/session');
  }
  clock.advance(6000);
  expect((await li.call('GET', '/api/session')).body['who']).toBeNull();
  expect((await admin.call('GET', '/api/accounts')).status).toBe(200);
});

test('a wall screen comes in by its token, reads public columns and stays', async () => {
  for (const one of ['admin', 'sec'] as const) await stepUp(one);
  const made = await admin.call('POST', '/api/accounts', {
    id: 'wall-1',
    name: '大屏',
    kind: 'device',
    roles: ['viewer-wall'],
    areas: ['*'],
  });
  await security.call('POST', '/api/accounts/wall-1/approve', { reason: 'hall' });
  const wall = new Browser();
  expect((await wall.call('POST', '/api/session/device', { token: 'wrong' })).status).toBe(401);
  expect((await wall.call('POST', '/api/session/device', { token: made.body['secret'] })).status).toBe(204);
  expect((await wall.call('GET', '/api/session')).body).toMatchObject({
    who: { labels: ['public'] },
    idleS: null,
  });
  expect((await wall.call('GET', '/api/layers')).status).toBe(200);
  expect((await wall.call('POST', '/api/operations/feed', {})).status).toBe(403);
});

test('sessions outlive a restart, and the first password is not told again', async () => {
  const wall = new Browser();
  const { body } = await admin.call('POST', '/api/accounts/wall-1/reset', { reason: 'moved' });
  await wall.call('POST', '/api/session/device', { token: body['secret'] });
  await server.stop();
  await start();
  expect(told.length).toBe(1);
  expect((await wall.call('GET', '/api/layers')).status).toBe(200);
  expect((await admin.call('GET', '/api/accounts')).status).toBe(200);
});

test('rights are taken alone for a while, seen by who watches, and reviewed by another', async () => {
  await stepUp('admin');
  await stepUp('sec');
  const made = await admin.call('POST', '/api/accounts', {
    ...{ id: 'zhao', name: '赵', roles: ['analyst'], areas: ['*'] },
  });
  await security.call('POST', '/api/accounts/zhao/approve', { reason: 'new' });
  const zhao = await firstSignIn('zhao', String(made.body['secret']));
  const asked = { role: 'duty-officer', minutes: 30, reason: '值班员突发疾病' };
  const quarantine = async () => (await zhao.call('GET', '/api/quarantine')).status;
  expect(await quarantine()).toBe(403);
  expect((await zhao.call('POST', '/api/break-glass', { ...asked, reason: ' ' })).status).toBe(400);
  expect((await zhao.call('POST', '/api/break-glass', { ...asked, minutes: 61 })).status).toBe(400);
  const taken = await zhao.call('POST', '/api/break-glass', asked);
  expect(taken).toMatchObject({ status: 201, body: { account: 'zhao', name: '赵', state: 'held' } });
  expect(await quarantine()).toBe(200);
  expect((await zhao.call('GET', '/api/session')).body).toMatchObject({
    who: { roles: [{ id: 'analyst' }, { id: 'duty-officer' }], labels: ['public', 'internal', 'sensitive'] },
    breakGlass: { held: { role: 'duty-officer', leftS: 1800 }, offers: [] },
  });
  expect((await zhao.call('POST', '/api/break-glass', asked)).status).toBe(409);
  expect((await admin.call('GET', '/api/break-glass')).status).toBe(403);
  expect((await admin.call('POST', '/api/break-glass', asked)).status).toBe(403);
  for (const watcher of [security, auditor])
    expect((await watcher.call('GET', '/api/break-glass')).body).toMatchObject({
      glasses: [{ state: 'held' }],
    });
  for (let n = 0; n < 3; n += 1) {
    clock.advance(10 * MINUTE);
    for (const one of [admin, security, auditor, zhao]) await one.call('POST', '/api/session/seen');
  }
  expect(await quarantine()).toBe(403);
  await stepUp('sec');
  const path = `/api/break-glass/${String(taken.body['id'])}/review`;
  const verdict = { isJustified: true, reason: '情况属实，必要' };
  expect((await auditor.call('POST', path, verdict)).status).toBe(403);
  expect((await security.call('POST', path, verdict)).body).toMatchObject({ state: 'reviewed' });
  const { body } = await auditor.call('GET', '/api/audit?kind=glass/take');
  expect(body['entries']).toMatchObject([
    { subject: 'zhao', body: { detail: asked.reason, from: '127.0.0.1' } },
  ]);
});

test('the auditor alone reads who came in, was refused, saw and did what; the chain holds', async () => {
  expect((await admin.call('GET', '/api/audit')).status).toBe(403);
  expect((await security.call('GET', '/api/audit')).status).toBe(403);
  const { status, body } = await auditor.call('GET', '/api/audit?limit=500');
  expect(status).toBe(200);
  const entries = body['entries'] as { kind: string; subject: string; body: Record<string, unknown> }[];
  const told = entries.map(
    ({ kind, subject, body: said }) =>
      `${kind} ${subject} ${String(said['event'])} ${String(said['result'])}`,
  );
  expect(told).toEqual(
    expect.arrayContaining([
      'session/open li sign-in ok',
      'session/refuse nobody sign-in access/refused',
      'session/refuse li sign-in access/locked',
      'session/close li sign-out ok',
      'session/step-up admin step-up ok',
      'session/step-up li step-up ok',
      'session/refuse admin step-up access/refused',
      'session/refuse li step-up access/locked',
      'access/refuse admin POST /api/accounts/li/sign-out access/step-up',
      'access/refuse admin GET /api/audit request/forbidden',
      'access/act admin POST /api/accounts ok',
      'access/act admin POST /api/accounts access/duties',
      'access/view li GET /api/quarantine ok',
    ]),
  );
  expect(JSON.stringify(entries)).not.toContain('Wrong-Password');
  for (const word of passwords.values()) expect(JSON.stringify(entries)).not.toContain(word);
  const only = await auditor.call('GET', '/api/audit?kind=session/refuse&subject=li&limit=2');
  expect((only.body['entries'] as unknown[]).length).toBe(2);
  const proof = await auditor.call('GET', '/api/audit/proof');
  expect(proof.body).toMatchObject({ holds: true, faults: [], steps: null });
  expect((await auditor.call('GET', '/api/audit/proof?case=20260101-001')).status).toBe(404);
  expect((await admin.call('GET', '/api/audit/proof')).status).toBe(403);
  const folder = path.join(dataDir, 'testville');
  const backend = await openForReading({ folder, city: 'testville', url: null });
  if (!backend) throw new Error('no records');
  const { logs } = await auditStore(backend, path.join(folder, 'heads'));
  await backend.close();
  expect(logs.map(({ world, faults }) => [world, faults])).toEqual([
    ['access', []],
    ['audit', []],
    ['live', []],
  ]);
});
