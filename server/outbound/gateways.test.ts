// The file gateway on a disk, the others against a real server.
import { createHmac } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { createManualClock } from '../kit/clock.ts';
import { signDelivery } from '../kit/inbox.ts';
import { silent } from '../store/silent.test-kit.ts';
import { createFileGateway } from './file-gateway.ts';
import { createSmsGateway, createWebhookGateway } from './http-gateway.ts';
import type { Parcel } from './port.ts';
import { createReceipts } from './receipts.ts';
import { Sender } from './sender.ts';

const parcel: Parcel = {
  ...{ key: '510800-e41-abc-0', kind: 'notice', to: 'dept:fire', name: '消防', text: '请承办' },
  ...{ incident: '20260715-001', writtenAt: 1 },
};
const clock = createManualClock(Date.UTC(2026, 6, 15));
const SECRET = 'kept in no message';

interface Got {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
let got: Got[] = [];
let respond: (response: ServerResponse) => void;
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    got.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
    respond(response);
  });
});
let host = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => {
  got = [];
  respond = (response) => response.end('{"id":"g-1","data":{"no":7}}');
});

const common = () => ({ clock, hosts: [host], timeoutS: 5, addresses: { 'dept:fire': '0990-119' } });
const webhook = (more: object = {}) =>
  createWebhookGateway({
    ...common(),
    addresses: {},
    url: `http://${host}/in?token=${SECRET}`,
    key: SECRET,
    ...more,
  });
const sms = (more: object = {}) =>
  createSmsGateway({
    ...{ ...common(), url: `http://${host}/sms`, token: SECRET, reference: 'data.no' },
    fields: { to: 'mobile', text: 'msg', key: 'uid' },
    ...more,
  });

test('a file for each message, whole, and once for the same key, also when it was taken away meanwhile', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'outbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const gateway = createFileGateway(path.join(folder, 'out'));
  await gateway.send(parcel);
  await gateway.send(parcel);
  await gateway.send({ ...parcel, key: '../../elsewhere' });
  const files = () => readdirSync(path.join(folder, 'out')).filter((name) => name.endsWith('.json'));
  expect(files().sort()).toEqual(['.._.._elsewhere.json', '510800-e41-abc-0.json']);
  const text = readFileSync(path.join(folder, 'out', '510800-e41-abc-0.json'), 'utf8');
  expect(JSON.parse(text)).toEqual(parcel);
  // Taken away by whoever delivers it, it does not come again from a server that was killed before it knew.
  rmSync(path.join(folder, 'out', '510800-e41-abc-0.json'));
  await createFileGateway(path.join(folder, 'out')).send(parcel);
  expect(files()).toEqual(['.._.._elsewhere.json']);
});

test('a file that waited when the server was killed goes over once, with the next try', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'outbox-'));
  const name = '510800-e41-abc-0.json';
  const at = (part: string): string => path.join(folder, part, name);
  await createFileGateway(folder).send(parcel);
  // As the kill between its note and the last step leaves it.
  renameSync(path.join(folder, name), at('.waiting'));
  await createFileGateway(folder).send(parcel);
  expect([existsSync(path.join(folder, name)), existsSync(at('.waiting'))]).toEqual([true, false]);
  // As the kill before its note leaves it: half a file that waits is written anew.
  rmSync(at('.handed'));
  rmSync(path.join(folder, name));
  writeFileSync(at('.waiting'), '{');
  await createFileGateway(folder).send(parcel);
  expect(JSON.parse(readFileSync(path.join(folder, name), 'utf8'))).toEqual(parcel);
});

test('a webhook is signed over its very bytes, and carries the once-only key', async () => {
  expect(await webhook().send(parcel)).toBe('g-1');
  const [{ headers, body } = { headers: {} as IncomingHttpHeaders, body: '' }] = got;
  const stamp = String(clock.now() / 1000);
  const signed = createHmac('sm3', SECRET)
    .update(`${stamp}.${String(headers['x-nonce'])}.${body}`)
    .digest('hex');
  expect(headers).toMatchObject({
    'idempotency-key': parcel.key,
    'x-timestamp': stamp,
    'x-signature': `hmac-sm3=${signed}`,
  });
  expect(JSON.parse(body)).toEqual(parcel);
});

test('an SMS gateway gets its own names, and its answer is read where the settings say', async () => {
  expect(await sms().send(parcel)).toBe('7');
  expect(JSON.parse(got[0]?.body ?? '')).toEqual({ mobile: '0990-119', msg: '请承办', uid: parcel.key });
  await expect(sms().send({ ...parcel, to: 'dept:unknown' })).rejects.toMatchObject({
    code: 'outbound/address',
  });
});

test.each([
  [422, 'outbound/refused'],
  [401, 'outbound/refused'],
  [429, 'outbound/status'],
  [503, 'outbound/status'],
])('status %i is %s, and no secret is in the message', async (status, code) => {
  respond = (response) => response.writeHead(status).end(SECRET);
  const error: unknown = await webhook()
    .send(parcel)
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code });
  expect(String(error)).not.toContain(SECRET);
});

test('no host that the settings do not name is asked, nor one it sends us on to', async () => {
  await expect(webhook({ hosts: [] }).send(parcel)).rejects.toMatchObject({ code: 'outbound/host' });
  expect(got).toEqual([]);
  respond = (response) => response.writeHead(302, { location: `http://${host}/other` }).end();
  await expect(webhook().send(parcel)).rejects.toMatchObject({ code: 'outbound/unreachable' });
  expect(got).toHaveLength(1);
});

test('who is silent is left after the time-out; an answer without end does not matter', async () => {
  let asked: () => void = () => undefined;
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  respond = () => asked();
  const late = webhook().send(parcel);
  const isRefused = expect(late).rejects.toMatchObject({ code: 'outbound/timeout' });
  await isAsked;
  clock.advance(5000);
  await isRefused;
  respond = (response) => response.end(`{"id":"${'x'.repeat(100_000)}"}`);
  expect(await webhook().send(parcel)).toBe('');
});

test('nothing is sent in a world that is not the live one, whoever wires it', () => {
  const gateway = createFileGateway('/nowhere');
  const gateways = { reply: gateway, notice: gateway, push: gateway, statement: gateway };
  const options = { clock, logger: silent, gateways };
  expect(() => new Sender({ ...options, world: { id: 'd', kind: 'drill', parent: 'live' } })).toThrow(
    'world/not-live',
  );
});

test('receipts are taken of who signs them, each delivery once', async () => {
  const stored: unknown[] = [];
  const book = {
    receive: (receipts: readonly unknown[]) => {
      stored.push(...receipts);
      return Promise.resolve({ stored: receipts.length, unknown: 0 });
    },
  };
  const receipts = createReceipts({ clock, logger: silent, key: SECRET, book });
  const body = Buffer.from(JSON.stringify({ events: [{ key: 'a', state: 'read', at: 5 }] }));
  const signed = (nonce: string, bytes: Buffer = body) => {
    const stamp = String(clock.now() / 1000);
    const signature = `hmac-sm3=${signDelivery(SECRET, { stamp, nonce }, bytes)}`;
    return { 'x-timestamp': stamp, 'x-nonce': nonce, 'x-signature': signature };
  };
  expect(await receipts.deliver(signed('1'), body)).toEqual({ status: 202, body: { stored: 1, unknown: 0 } });
  expect(await receipts.deliver(signed('1'), body)).toMatchObject({ status: 409 });
  expect(await receipts.deliver(signed('2'), Buffer.from('{}'))).toMatchObject({ status: 401 });
  const wrong = Buffer.from('{"events":[{"state":"read","at":5}]}');
  expect(await receipts.deliver(signed('3', wrong), wrong)).toMatchObject({ status: 400 });
  const closed = createReceipts({ clock, logger: silent, key: null, book });
  await expect(closed.deliver(signed('4'), body)).rejects.toMatchObject({ code: 'request/unavailable' });
  expect(stored).toEqual([{ key: 'a', state: 'read', at: 5, detail: '' }]);
});
