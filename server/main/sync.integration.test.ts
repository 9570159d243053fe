// Sync by seeded fuzz: whatever happens to rows and to the connection, in the end the screen holds what the server holds.
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { warning } from '../../contracts/layers/warning.ts';
import type { Layer } from '../../contracts/layer.ts';
import { TrialClient, until } from './trial-client.ts';
import type { Trial } from './trial-server.ts';
import { driveFeed, startTrial } from './trial-server.ts';

const layers: readonly Layer[] = [vehiclePosition, warning];
const feed = driveFeed('driven', layers);
let trial: Trial;

beforeAll(async () => {
  trial = await startTrial({ feeds: [feed] });
});
afterAll(() => trial.server.stop());

/** Mulberry32: small, seeded, good enough to shuffle with. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

function change(random: (below: number) => number): void {
  const { sink } = feed.context();
  const id = `v${random(60)}`;
  const validAt = trial.clock.now();
  if (random(10) === 0) return sink.remove(vehiclePosition, id, 'gone', validAt);
  if (random(8) === 0) {
    return sink.put(warning, {
      id: `w${random(6)}`,
      validAt,
      values: { title: `预警 ${random(1000)}`, severity: (['red', 'blue'] as const)[random(2)] ?? null },
    });
  }
  sink.put(vehiclePosition, {
    id,
    validAt,
    // Wider than the city, so that rows cross cells and leave them.
    values: {
      position: [83.95 + random(70_000) / 1e5, 40.95 + random(50_000) / 1e5],
      speedKmh: random(120),
      headingDeg: random(360),
    },
  });
}

function rowsOf(rows: Iterable<{ values: object }>): string[] {
  // Detail columns are not streamed.
  return [...rows]
    .map((row) => JSON.stringify({ ...row, values: { ...row.values, description: null, instruction: null } }))
    .sort();
}

async function behave(client: TrialClient, random: (below: number) => number): Promise<void> {
  switch (random(12)) {
    case 0:
      client.socket.disconnect();
      return;
    case 1:
      client.isAcknowledging = !client.isAcknowledging;
      if (client.isAcknowledging && client.socket.connected) client.acknowledge();
      return;
    case 2:
      if (client.socket.connected) await client.subscribe({ since: null });
      return;
    default:
      if (client.socket.connected) return;
      await client.connect();
      if (random(3) === 0) client.forget();
      await client.subscribe({ since: client.lastTick < 0 ? null : client.lastTick });
  }
}

test.each([1, 2, 3, 4, 5, 6])('seed %i', async (seed) => {
  const random = randomOf(seed);
  const client = new TrialClient({ io, url: trial.server.url, layers });
  await client.connect();
  await client.subscribe();
  for (let step = 0; step < 120; step += 1) {
    for (let at = random(20); at > 0; at -= 1) change(random);
    trial.clock.advance(1000);
    if (random(3) === 0) await new Promise((resolve) => setImmediate(resolve));
    await behave(client, random);
    expect(client.fault).toBeNull();
  }
  if (!client.socket.connected) {
    await client.connect();
    await client.subscribe({ since: client.lastTick < 0 ? null : client.lastTick });
  }
  client.isAcknowledging = true;
  client.acknowledge();
  const isSame = (): boolean =>
    layers.every(
      (layer) =>
        rowsOf(client.table(layer).rows()).join() ===
        rowsOf(trial.server.world.table(layer.slug).rows()).join(),
    );
  await until(isSame, `the same rows with seed ${seed}`).catch(() => undefined);
  expect(client.fault).toBeNull();
  for (const layer of layers)
    expect(rowsOf(client.table(layer).rows())).toEqual(rowsOf(trial.server.world.table(layer.slug).rows()));
  client.close();
});
