import { expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { distanceM, type LonLat } from '../engine/geo.ts';
import { createWorld } from '../simulation.ts';
import type { WebhookSender } from '../transport/webhook-sender.ts';
import { createEmergencyCalls } from './emergency-calls.ts';

const PLACE: LonLat = [105.8487, 32.4346];

/** Where the calls of one inject rang from. */
async function ringing(asked: Readonly<Record<string, unknown>>): Promise<LonLat[]> {
  const config = readConfig(['--city', 'guangyuan', '--lock-step'], {}, () => 0);
  const world = createWorld(config, { wall: () => 0, log: () => undefined });
  const told = new Map<string, LonLat>();
  const sender: WebhookSender = {
    push: (_, events) => {
      for (const { id, lon, lat } of events as { id: string; lon: number; lat: number }[])
        told.set(id, [lon, lat]);
    },
    keepAlive: () => undefined,
    waiting: () => 0,
    settled: true,
    stop: () => undefined,
  };
  createEmergencyCalls(world, sender).inject?.(asked);
  await world.clock.advance(60_000);
  return [...told.values()];
}

it('lets a call ring from the very place that is given, each time', async () => {
  const asked = { kind: 'call', channel: '119', title: '燃气泄漏', position: PLACE };
  expect(await ringing(asked)).toEqual([PLACE]);
  expect(await ringing({ ...asked, count: 3, withinS: 30 })).toEqual([PLACE, PLACE, PLACE]);
});

it('spreads the calls of one inject where it says how far', async () => {
  const asked = { kind: 'call', channel: '110', title: '停电', count: 20, withinS: 30, spreadM: 500 };
  const away = (await ringing({ ...asked, position: PLACE })).map((position) => distanceM(position, PLACE));
  expect(away).toHaveLength(20);
  expect(Math.max(...away)).toBeLessThan(500 * Math.SQRT2 + 1);
  expect(Math.min(...away)).toBeGreaterThan(0);
});
