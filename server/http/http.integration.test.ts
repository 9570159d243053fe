import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { earthquake } from '../../contracts/layers/earthquake.ts';
import { opinionPost } from '../../contracts/layers/opinion-post.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { signDelivery } from '../kit/inbox.ts';
import type { Trial } from '../main/trial-server.ts';
import { driveFeed, startTrial } from '../main/trial-server.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const feed = driveFeed('driven', [vehiclePosition, opinionPost]);
const hook = driveFeed('earthquake', [earthquake], {
  cadenceS: null,
  connect: (context) => {
    context.inbox.route(
      context,
      { name: 'earthquake', key: KEY, maxBytes: 1000 },
      (body) => body[0] === 0x7b,
    );
    return Promise.resolve();
  },
});
let trial: Trial;

function pagesAndTiles(): { pages: string; tiles: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'pages-'));
  const pages = path.join(folder, 'pages');
  // Tiles lie in a folder whose name begins with a dot where the launcher builds them.
  const tiles = path.join(folder, '.tiles');
  mkdirSync(path.join(pages, 'assets'), { recursive: true });
  mkdirSync(path.join(tiles, 'terrain/0/0'), { recursive: true });
  writeFileSync(path.join(folder, 'secret.txt'), 'secret');
  writeFileSync(path.join(pages, 'index.html'), `<!doctype html><title>驾驶舱</title>${' '.repeat(2000)}`);
  writeFileSync(path.join(pages, 'assets/main-abcdef12.js'), `export const text = '${'x'.repeat(5000)}';`);
  writeFileSync(path.join(tiles, 'terrain/0/0/0.terrain'), gzipSync('mesh'));
  writeFileSync(path.join(tiles, 'layer.json'), '{"plain":true}');
  mkdirSync(path.join(tiles, '.hidden'));
  mkdirSync(path.join(tiles, 'testville'));
  writeFileSync(path.join(tiles, '.hidden/0.terrain'), gzipSync('mesh'));
  writeFileSync(path.join(tiles, '.hidden.json'), `{"hidden":"${'x'.repeat(3000)}"}`);
  return { pages, tiles };
}

beforeAll(async () => {
  const { pages, tiles } = pagesAndTiles();
  const args = ['--static', pages, '--tiles', tiles];
  trial = await startTrial({ feeds: [feed, hook], args });
  const { sink } = feed.context();
  for (let at = 0; at < 5; at += 1) {
    sink.put(vehiclePosition, {
      id: `v${at}`,
      validAt: trial.clock.now(),
      values: { position: [84.1 + at / 20, 41.2], speedKmh: at },
    });
  }
  sink.put(vehiclePosition, { id: 'fast', validAt: trial.clock.now(), values: { speedKmh: 9999 } });
  sink.reject('record/unknown-device', 'MN 42', 'phone 13881234567');
  sink.ignore('trip.schedule');
  trial.clock.advance(6000);
});
afterAll(() => trial.server.stop());

test('/health has its shape', async () => {
  const answer = await trial.get('/health');
  expect(answer.headers.get('x-data-class')).toBe('demo');
  const health = (await answer.json()) as Record<string, unknown>;
  expect(health).toMatchObject({
    status: 'ok',
    city: 'testville',
    world: 'live',
    clock: trial.clock.now(),
    clients: 0,
  });
  expect(health.feeds).toContainEqual({
    id: 'driven',
    system: 'driven',
    state: 'degraded',
    lastAt: expect.any(Number) as number,
    lagMs: 0,
    ratePerMin: 5,
    accepted: 5,
    rejected: 2,
  });
  expect(health.layers).toContainEqual({
    id: 'vehicle-position',
    rows: 5,
    updatedAt: expect.any(Number) as number,
  });
  expect(health.layers).toContainEqual({ id: 'vessel-position', rows: 0, updatedAt: null });
});

test('/ready and /metrics answer', async () => {
  expect((await trial.get('/ready')).status).toBe(200);
  const metrics = await (await trial.get('/metrics')).text();
  expect(metrics).toContain('cockpit_layer_rows{layer="vehicle-position"} 5');
  expect(metrics).toContain('cockpit_tick_seconds_bucket');
  expect(metrics).toContain('nodejs_eventloop_lag_p99_seconds');
});

test('rows as GeoJSON and JSON, boxed and limited', async () => {
  const all = (await trial.json('/api/layers/vehicle-position')) as { features: unknown[]; total: number };
  expect([all.features.length, all.total]).toEqual([5, 5]);
  const boxed = (await trial.json('/api/layers/vehicle-position?bbox=84,41,84.12,42&format=json')) as {
    rows: unknown[];
  };
  expect(boxed.rows).toHaveLength(1);
  const limited = (await trial.json('/api/layers/vehicle-position?limit=2')) as {
    features: unknown[];
    truncated: boolean;
  };
  expect([limited.features.length, limited.truncated]).toEqual([2, true]);
});

test('one row with its columns, units and source', async () => {
  const { rows } = (await trial.json('/api/layers/vehicle-position?format=json')) as {
    rows: { key: string }[];
  };
  const whole = (await trial.json(`/api/layers/vehicle-position/rows/${rows[0]?.key}`)) as {
    row: { values: object };
    columns: Record<string, { unitTitle: object }>;
    source: { id: string; licence: string };
  };
  expect(whole.row.values).toHaveProperty('speedKmh');
  expect(whole.columns.speedKmh?.unitTitle).toEqual({ zh: 'km/h', en: 'km/h' });
  expect(whole.source).toMatchObject({ id: 'driven', licence: 'none' });
});

test('the nearest rows, nearest first', async () => {
  const near = (await trial.json('/api/nearest?layer=vehicle-position&lon=84.1&lat=41.2&count=2')) as {
    metres: number;
  }[];
  expect(near.map(({ metres }) => metres)).toEqual([0, expect.any(Number)]);
});

test('changes as server-sent events: the state first, then each tick', async () => {
  const answer = await trial.get('/api/layers/vehicle-position/stream');
  const reader = (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
  const first = (await reader.read()).value ?? '';
  expect(first).toMatch(/^event: state\nid: \d+\ndata: \{"type":"FeatureCollection"/);
  feed.context().sink.remove(vehiclePosition, 'v4', 'gone', trial.clock.now());
  trial.clock.advance(1000);
  const second = (await reader.read()).value ?? '';
  expect(second).toContain('event: change');
  expect(JSON.parse(/data: (.*)/.exec(second)?.[1] ?? '{}')).toMatchObject({
    features: [],
    removed: [{ reason: 'gone' }],
  });
  await reader.cancel();
});

test('quarantine shows reason and masked bytes; feeds show what they ignore', async () => {
  const { shelves, unknownDevices } = (await trial.json('/api/quarantine?feed=driven')) as {
    shelves: { code: string; count: number; samples: { raw: string; detail: string }[] }[];
    unknownDevices: { device: string }[];
  };
  expect(shelves.map(({ code, count }) => [code, count])).toEqual([
    ['record/range', 1],
    ['record/unknown-device', 1],
  ]);
  expect(shelves[0]?.samples[0]?.detail).toBe('fast: speedKmh = 9999');
  expect(shelves[1]?.samples[0]?.raw).toBe('phone 138****4567');
  expect(unknownDevices).toMatchObject([{ feed: 'driven', device: 'MN 42' }]);
  const feeds = (await trial.json('/api/feeds')) as { id: string; ignored: object }[];
  expect(feeds.find(({ id }) => id === 'driven')?.ignored).toEqual({ 'trip.schedule': 1 });
});

test('the city says what a page needs first', async () => {
  expect(await trial.json('/api/city')).toMatchObject({
    id: 'testville',
    bounds: [84, 41, 84.6, 41.4],
    tilesUrl: '/tiles/testville',
    counties: [{ kind: 'county' }, {}],
  });
});

test.each([
  ['/api/layers/nothing', 404, 'request/not-found'],
  ['/api/layers/vehicle-position/rows/none', 404, 'request/not-found'],
  ['/api/layers/vehicle-position?bbox=1,2,3', 400, 'request/invalid'],
  ['/api/layers/vehicle-position?bbox=10,0,0,10', 400, 'request/invalid'],
  ['/api/layers/vehicle-position?limit=0', 400, 'request/invalid'],
  ['/api/layers/vehicle-position?colour=red', 400, 'request/invalid'],
  ['/api/layers/feed-health?bbox=0,0,1,1', 400, 'request/invalid'],
  ['/api/nearest?layer=vehicle-position', 400, 'request/invalid'],
  ['/tiles/none.json', 404, 'request/not-found'],
])('%s is refused with %i %s', async (address, status, code) => {
  const answer = await trial.get(address);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ code, message: expect.any(String) as string });
});

function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  const stamp = String(Math.floor(trial.clock.now() / 1000));
  const nonce = headers['x-nonce'] ?? String(Math.random());
  const signature = `hmac-sm3=${signDelivery(KEY, { stamp, nonce }, Buffer.from(body))}`;
  const signed = { 'x-timestamp': stamp, 'x-nonce': nonce, 'x-signature': signature, ...headers };
  return fetch(`${trial.server.url}/inbox/earthquake`, { method: 'POST', body, headers: signed });
}

test('webhooks: stored, repeated, malformed, unsigned, too large, unknown', async () => {
  expect((await post('{}', { 'x-nonce': 'n1' })).status).toBe(202);
  expect((await post('{}', { 'x-nonce': 'n1' })).status).toBe(409);
  expect((await post('[]')).status).toBe(400);
  expect((await post('{}', { 'x-signature': 'hmac-sm3=00' })).status).toBe(401);
  expect((await post('{}', { 'x-timestamp': '1' })).status).toBe(401);
  expect((await post(`{${' '.repeat(2000)}}`)).status).toBe(413);
  expect((await fetch(`${trial.server.url}/inbox/other`, { method: 'POST', body: '{}' })).status).toBe(404);
});

test('a body beyond every limit is cut off', async () => {
  const answer = await fetch(`${trial.server.url}/inbox/earthquake`, {
    method: 'POST',
    body: Buffer.alloc(5 * 1024 * 1024),
  }).catch(() => null);
  if (answer) expect(answer.status).toBe(413);
  expect((await trial.get('/ready')).status).toBe(200);
});

/** As sent, without the tidying a browser does. */
function raw(address: string): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(trial.server.url);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path: address }, (answer) => {
      let body = '';
      answer.on('data', (part: Buffer) => (body += part.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    asked.on('error', reject).end();
  });
}

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/tiles/../../secret.txt',
  '/tiles/..%2f..%2fsecret.txt',
  '/assets/..%2f..%2fsecret.txt',
])('nothing above the folders is served: %s', async (address) => {
  expect((await raw(address)).body).not.toContain('secret\n');
  expect((await raw(address)).body).not.toBe('secret');
});

test('pages: any address without a file is the client, hashed files are kept for ever, text is compressed', async () => {
  const page = await trial.get('/wall/overview');
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-cache']);
  expect(await page.text()).toContain('驾驶舱');
  const script = await trial.get('/assets/main-abcdef12.js');
  expect(script.headers.get('cache-control')).toContain('immutable');
  expect(script.headers.get('content-encoding')).toMatch(/br|gzip/);
  expect(script.headers.get('content-type')).toContain('javascript');
  expect(await script.text()).toContain('export const text');
  expect((await trial.get('/assets/none-abcdef12.js')).status).toBe(404);
});

test.each(['/api', '/api/nonsense', '/api/layers/flow-station/rows', '/health/x', '/inbox/x', '/tiles'])(
  'a mistyped address of the interface is no page: %s',
  async (address) => {
    const answer = await trial.get(address);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'request/not-found' });
  },
);

test('terrain tiles say that they are gzipped', async () => {
  const tile = await trial.get('/tiles/terrain/0/0/0.terrain');
  expect(tile.headers.get('content-type')).toContain('quantized-mesh');
  expect(await tile.text()).toBe('mesh');
  expect(tile.headers.get('content-encoding')).toBe('gzip');
  expect(tile.headers.get('cache-control')).toContain('max-age=3600');
  expect(await trial.json('/tiles/layer.json')).toEqual({ plain: true });
});

test.each(['/tiles/terrain/0/0/9.terrain', '/tiles/.hidden/0.terrain', '/tiles/.hidden.json'])(
  '%s is refused without the headers of a tile',
  async (address) => {
    const answer = await trial.get(address);
    expect([answer.status, answer.headers.get('content-encoding')]).toEqual([404, null]);
    expect(answer.headers.get('cache-control') ?? '').not.toContain('max-age');
    expect(await answer.json()).toMatchObject({ code: 'request/not-found' });
  },
);

test('/api/indicators says how each value is computed, planned ones included, and the values are rows', async () => {
  const facts = (await trial.json('/api/indicators')) as {
    slug: string;
    connected: boolean;
    formula: object | null;
  }[];
  const slugs = facts.map(({ slug }) => slug);
  expect(new Set(slugs).size).toBe(slugs.length);
  for (const { connected, formula } of facts) expect(formula !== null).toBe(connected);
  expect(facts.filter(({ connected }) => !connected).length).toBeGreaterThan(0);
  const { layers } = (await trial.json('/health')) as { layers: { id: string; rows: number }[] };
  expect(layers.find(({ id }) => id === 'indicator-value')?.rows).toBeGreaterThan(0);
  expect((await trial.get('/api/indicators?x=1')).status).toBe(400);
});

test('headers allow the own origin only', async () => {
  const policy = (await trial.get('/')).headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toMatch(/https?:|\*|'unsafe-eval'/);
  expect((await trial.get('/')).headers.get('x-powered-by')).toBeNull();
});
