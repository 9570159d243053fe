import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { incident as incidentLayer } from '../../contracts/layers/incident.ts';
import { noiseStation } from '../../contracts/layers/noise-station.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { TrialClient, until } from './trial-client.ts';
import type { Trial } from './trial-server.ts';
import { driveFeed, startTrial } from './trial-server.ts';

const layers: readonly Layer[] = [vehiclePosition, noiseStation];
const feed = driveFeed('driven', layers);
let trial: Trial;
const clients: TrialClient[] = [];

beforeEach(async () => {
  trial = await startTrial({ feeds: [feed] });
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await trial.server.stop();
});

async function join(request = {}): Promise<TrialClient> {
  const client = new TrialClient({ io, url: trial.server.url, layers });
  clients.push(client);
  await client.connect();
  await client.subscribe(request);
  return client;
}

function report(id: string, at: { lon: number; lat: number }): void {
  feed.context().sink.put(vehiclePosition, {
    id,
    validAt: trial.clock.now(),
    values: { position: [at.lon, at.lat], speedKmh: 42, headingDeg: 90 },
  });
}

/** Rows as text, without what only one side has. */
function rowsOf(table: LayerTable): string[] {
  return [...table.rows()].map((row) => JSON.stringify(row)).sort();
}

async function settled(client: TrialClient): Promise<void> {
  await until(() => client.lastTick >= trial.server.world.tick || client.fault !== null, 'the last tick');
  expect(client.fault).toBeNull();
}

test('a report reaches a screen as a row, with region, source and label', async () => {
  const client = await join();
  report('v1', { lon: 84.15, lat: 41.2 });
  trial.clock.advance(1000);
  await settled(client);
  const [row] = [...client.table(vehiclePosition).rows()];
  expect(row).toMatchObject({
    source: 'driven',
    quality: 'good',
    synthetic: false,
    validAt: trial.clock.now() - 1000,
  });
  expect(row?.regionCode.slice(0, 4)).toBe('9901');
  expect(row?.values).toMatchObject({ speedKmh: 42, headingDeg: 90 });
  expect(rowsOf(client.table(vehiclePosition))).toEqual(rowsOf(trial.server.world.table('vehicle-position')));
});

test('what people did is on the screens before the next tick', async () => {
  trial.clock.advance(1000);
  const client = new TrialClient({ io, url: trial.server.url, layers: [incidentLayer] });
  clients.push(client);
  await client.connect();
  await client.subscribe();
  const { tick } = trial.server.world;
  const answer = await fetch(`${trial.server.url}/api/incidents`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action: randomUUID(), kind: 'gas-leak', title: '居民楼燃气泄漏' }),
  });
  expect(answer.status).toBe(201);
  trial.clock.advance(250);
  await settled(client);
  expect(trial.server.world.tick).toBe(tick + 1);
  expect([...client.table(incidentLayer).rows()]).toMatchObject([{ values: { title: '居民楼燃气泄漏' } }]);
  trial.clock.advance(500);
  expect(trial.server.world.tick).toBe(tick + 1);
});

test('who comes later gets the same state at once', async () => {
  for (let at = 0; at < 50; at += 1) report(`v${at}`, { lon: 84.1 + at / 500, lat: 41.2 });
  trial.clock.advance(3000);
  const client = await join();
  await until(() => client.packets > 0, 'the key packet');
  expect(client.table(vehiclePosition).size).toBe(50);
  expect(rowsOf(client.table(vehiclePosition))).toEqual(rowsOf(trial.server.world.table('vehicle-position')));
});

test('a client that comes back gets the gap, not key frames', async () => {
  const client = await join();
  report('v1', { lon: 84.15, lat: 41.2 });
  trial.clock.advance(1000);
  await settled(client);
  const keysBefore = client.keyFrames;
  client.socket.disconnect();
  report('v2', { lon: 84.16, lat: 41.2 });
  trial.clock.advance(5000);
  await client.connect();
  const answer = await client.subscribe({ since: client.lastTick });
  expect(answer.resumed).toBe(true);
  await settled(client);
  expect(client.keyFrames).toBe(keysBefore);
  expect(client.table(vehiclePosition).size).toBe(2);
});

test('a gap longer than the ring is bridged by key frames', async () => {
  const client = await join();
  report('v1', { lon: 84.15, lat: 41.2 });
  trial.clock.advance(1000);
  await settled(client);
  client.socket.disconnect();
  for (let at = 0; at < 70; at += 1) {
    report('v1', { lon: 84.15 + at / 1000, lat: 41.2 });
    trial.clock.advance(1000);
  }
  await client.connect();
  const answer = await client.subscribe({ since: client.lastTick });
  expect(answer.resumed).toBe(false);
  await settled(client);
  expect(rowsOf(client.table(vehiclePosition))).toEqual(rowsOf(trial.server.world.table('vehicle-position')));
});

test('a slow client is skipped, told so, and caught up by one key packet', async () => {
  const client = await join();
  await until(() => client.packets > 0, 'the key packet');
  client.isAcknowledging = false;
  for (let at = 0; at < 20; at += 1) {
    report(`v${at}`, { lon: 84.1 + at / 500, lat: 41.2 });
    trial.clock.advance(1000);
  }
  const { framesSent, skippedPackets } = trial.server.gateway.report();
  // The key packet is one of those within the budget.
  expect(framesSent).toBe(6);
  expect(skippedPackets).toBe(15);
  await until(() => client.packets === framesSent, 'the packets within the budget');
  client.isAcknowledging = true;
  client.acknowledge();
  await settled(client);
  expect(client.skipped).toHaveLength(1);
  expect(client.skipped[0]?.toTick).toBe(trial.server.world.tick);
  expect(client.table(vehiclePosition).size).toBe(20);
});

test('rows end: by the source, by expiry, by a full listing', async () => {
  const client = await join();
  report('ended', { lon: 84.15, lat: 41.2 });
  report('unlisted', { lon: 84.15, lat: 41.2 });
  report('kept', { lon: 84.15, lat: 41.2 });
  trial.clock.advance(1000);
  feed.context().sink.remove(vehiclePosition, 'ended', 'cancelled', trial.clock.now());
  feed.context().complete({ layer: vehiclePosition, ids: new Set(['kept']) });
  trial.clock.advance(1000);
  await settled(client);
  expect(client.table(vehiclePosition).size).toBe(1);
  trial.clock.advance((vehiclePosition.expireS ?? 0) * 1000 + 2000);
  await until(() => client.table(vehiclePosition).size === 0, 'the expiry');
});

test('the heartbeat tells the city clock each second', async () => {
  const client = await join();
  trial.clock.advance(3000);
  await until(() => client.beats.length >= 3, 'three beats');
  expect(client.beats.at(-1)?.at).toBe(trial.clock.now());
});

test('unknown layers and cells are refused by name, the rest is streamed', async () => {
  const client = new TrialClient({ io, url: trial.server.url, layers });
  clients.push(client);
  await client.connect();
  const answer = await client.subscribe({
    streams: [
      { layer: 'no-such', cells: '*', rateS: 1 },
      { layer: 'noise-station', cells: ['nowhere'], rateS: 1 },
      { layer: 'vehicle-position', cells: ['990101'], rateS: 5 },
    ],
  });
  expect(answer.refused.map(({ layer, code }) => [layer, code])).toEqual([
    ['no-such', 'request/not-found'],
    ['noise-station', 'request/not-found'],
  ]);
});

test.each([
  ['subscribe', { world: 'live' }],
  ['subscribe', { world: 'other', streams: [], since: null }],
  ['applied', 'soon'],
  ['applied', -1],
  ['subscribe', null],
])('a malformed %s is answered with a coded fault', async (event, body) => {
  const client = new TrialClient({ io, url: trial.server.url, layers });
  clients.push(client);
  await client.connect();
  client.send(event, body);
  await until(() => client.errors.length > 0, 'the fault');
  expect(client.errors[0]?.code).toMatch(/^request\//);
  expect(client.socket.connected).toBe(true);
});
