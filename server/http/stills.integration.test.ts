// Pictures of cameras under our own address: read when somebody looks, the last one kept when the source is gone.
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { roadsidePoint } from '../../contracts/layers/roadside-point.ts';
import { pollSettings } from '../kit/settings.ts';
import type { Trial } from '../main/trial-server.ts';
import { driveFeed, startTrial } from '../main/trial-server.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>';
const feed = driveFeed('driven', [roadsidePoint], { settings: z.strictObject(pollSettings('list', 60)) });
let reply: (response: ServerResponse) => void;
let asked: string[];
let trial: Trial;
const upstream = createServer((request, response) => {
  asked.push(request.url ?? '');
  reply(response);
});

beforeEach(async () => {
  asked = [];
  reply = (response) => void response.setHeader('content-type', 'image/svg+xml').end(SVG);
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const { port } = upstream.address() as AddressInfo;
  trial = await startTrial({ feeds: [feed], args: ['--feeds-base', `http://127.0.0.1:${port}/traffic/`] });
});
afterEach(async () => {
  await trial.server.stop();
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
});

function camera(stillUrl: string | null): string {
  const values = { position: [84.2, 41.2] as const, kind: 'camera' as const, stillUrl };
  feed.context().sink.put(roadsidePoint, { id: 'c1', validAt: trial.clock.now(), values });
  return `/api/stills/roadside-point/${trial.server.world.table('roadside-point').keyAt(0)}`;
}

async function look(address: string) {
  const answer = await trial.get(address);
  const at = answer.headers.get('x-still-at');
  return {
    status: answer.status,
    state: answer.headers.get('x-still-state'),
    at: at === null ? null : Number(at),
    type: answer.headers.get('content-type'),
    policy: answer.headers.get('content-security-policy'),
    body: await answer.text(),
  };
}

test('many eyes are one question, and a picture that is opened alone can run nothing', async () => {
  const address = camera('stills/c1.svg');
  const looks = await Promise.all([1, 2, 3].map(() => look(address)));
  for (const { status, state, at, type, policy, body } of looks) {
    expect([status, state, at, type, body]).toEqual([200, 'live', trial.clock.now(), 'image/svg+xml', SVG]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('sandbox');
  }
  expect(asked).toEqual(['/traffic/stills/c1.svg']);
  trial.clock.advance(2000);
  await look(address);
  expect(asked).toHaveLength(2);
});

test('the last picture stays with its time while the source is gone, and a new one comes when it is back', async () => {
  const address = camera('stills/c1.svg');
  const { at } = await look(address);
  reply = (response) => void response.writeHead(503).end();
  trial.clock.advance(3000);
  expect(await look(address)).toMatchObject({ status: 200, state: 'last', at, body: SVG });
  reply = (response) => void response.setHeader('content-type', 'image/png').end('new');
  trial.clock.advance(10_000);
  expect(await look(address)).toMatchObject({
    state: 'live',
    at: trial.clock.now(),
    type: 'image/png',
    body: 'new',
  });
});

test.each<[string, (response: ServerResponse) => void, number]>([
  ['a page', (response) => void response.setHeader('content-type', 'text/html').end('<script>'), 502],
  ['an error', (response) => void response.writeHead(500).end(), 502],
  [
    'another address',
    (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    502,
  ],
  [
    'too much',
    (response) => void response.setHeader('content-type', 'image/png').end(Buffer.alloc(2 * 1024 * 1024 + 1)),
    413,
  ],
])('%s instead of a picture is refused', async (_, answer, status) => {
  reply = answer;
  expect((await look(camera('stills/c1.svg'))).status).toBe(status);
  expect(asked).toHaveLength(1);
});

test('a source that says nothing is given up after five seconds', async () => {
  reply = () => trial.clock.advance(5000);
  expect((await look(camera('stills/c1.svg'))).status).toBe(504);
});

test.each([null, 'http://127.0.0.1:1/elsewhere.png', 'file:///etc/passwd', '//127.0.0.1:1/x'])(
  'no picture from %s',
  async (told) => {
    expect((await look(camera(told))).status).toBe(404);
    expect(asked).toEqual([]);
  },
);

test('no picture of what is no camera', async () => {
  for (const address of [
    '/api/stills/nothing/x',
    '/api/stills/noise-station/x',
    '/api/stills/roadside-point/x',
  ]) {
    expect([address, (await look(address)).status]).toEqual([address, 404]);
  }
});
