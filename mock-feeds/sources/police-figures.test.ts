// Figures of the police against the calls the call centres really push.
import { beforeAll, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { createWorld } from '../simulation.ts';
import type { WebhookSender } from '../transport/webhook-sender.ts';
import { createEmergencyCalls } from './emergency-calls.ts';
import { createPoliceFigures } from './police-figures.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-07-16T14:00:00+08:00');
const FRAUD = '电信网络诈骗';

interface Told {
  readonly id: string;
  readonly revision: number;
  readonly channel: string;
  readonly kind: string;
  readonly status: string;
  readonly acceptedAt: string;
  readonly updatedAt: string;
}
interface Figures {
  readonly regionCode: string;
  readonly calls110: number;
  readonly calls110Usual: number;
  readonly patrolGrids: number;
  readonly patrolGridsCovered: number;
  readonly fatalAccidents30d: number;
}

/** The tiny city, run for a while: what was pushed, and the figures of the end. */
async function run(hours: number, seed: string) {
  const citiesDir = new URL('../fixtures/cities', import.meta.url).pathname;
  const args = ['--cities-dir', citiesDir, '--city', 'tiny', '--paused', '--seed', seed];
  const config = readConfig([...args, '--start', '2026-07-16T14:00:00+08:00'], {}, () => 0);
  const world = createWorld(config, { wall: () => 0, log: () => undefined });
  const told: Told[] = [];
  const sender: Partial<WebhookSender> = {
    push: (_, events) => void told.push(...(events as Told[])),
    keepAlive: () => undefined,
  };
  const calls = createEmergencyCalls(world, sender as WebhookSender);
  const figures = createPoliceFigures(world, calls);
  calls.start?.();
  await world.clock.advance(hours * HOUR);
  let list: Figures[] = [];
  figures.routes?.({
    on: (_, __, handler) =>
      void handler({
        request: { headers: {}, url: '/police/figures', method: 'GET' },
        response: {
          writeHead: () => undefined,
          setHeader: () => undefined,
          end: (bytes: Buffer) => {
            list = (JSON.parse(bytes.toString()) as { items: Figures[] }).items;
          },
        },
        query: new URLSearchParams(),
        params: {},
      } as never),
    listen: () => Promise.resolve(0),
    close: () => Promise.resolve(),
  });
  return { told, list };
}

let city: Awaited<ReturnType<typeof run>>;
beforeAll(async () => {
  city = await run(3, '5');
});

test('calls of the last hour are those that were pushed', () => {
  const accepted = new Map(city.told.map((call) => [call.id, call]));
  const end = START + 3 * HOUR;
  const pushed = [...accepted.values()].filter(
    ({ channel, acceptedAt }) =>
      channel === '110' && Date.parse(acceptedAt) >= end - HOUR && Date.parse(acceptedAt) < end,
  );
  const told = city.list.reduce((sum, { calls110 }) => sum + calls110, 0);
  expect(told).toBe(pushed.length);
  expect(told).toBeGreaterThan(15);
});

test('what is usual is about what comes, and no figure is more than all', () => {
  const sum = (name: 'calls110' | 'calls110Usual'): number =>
    city.list.reduce((total, county) => total + county[name], 0);
  expect(sum('calls110') / sum('calls110Usual')).toBeGreaterThan(0.5);
  expect(sum('calls110') / sum('calls110Usual')).toBeLessThan(1.8);
  for (const { patrolGrids, patrolGridsCovered, fatalAccidents30d } of city.list) {
    expect(patrolGridsCovered).toBeLessThanOrEqual(patrolGrids);
    expect(fatalAccidents30d).toBeLessThan(30);
  }
});

test('the fire service is called a few times a day', async () => {
  const { told } = await run(24, '5');
  const ids = new Set(told.filter(({ channel }) => channel === '119').map(({ id }) => id));
  expect(ids.size).toBeGreaterThan(0);
  expect(ids.size).toBeLessThan(13);
});

test('calls about fraud come a few a day, those of yesterday as closed, and disturb no other call', async () => {
  const frauds = city.told.filter(({ kind }) => kind === FRAUD);
  const earlier = frauds.filter(({ acceptedAt }) => Date.parse(acceptedAt) < START);
  expect(earlier.length).toBeGreaterThan(0);
  expect(earlier.length).toBeLessThan(13);
  for (const { status, acceptedAt, updatedAt } of earlier) {
    expect(status).toBe('closed');
    expect(Date.parse(updatedAt)).toBeGreaterThanOrEqual(Date.parse(acceptedAt));
    expect(Date.parse(updatedAt)).toBeLessThanOrEqual(START);
  }
  const isRare = ({ kind, channel }: (typeof city.told)[number]): boolean =>
    kind === FRAUD || channel === '119';
  const serials = new Set(city.told.filter((call) => !isRare(call)).map(({ id }) => Number(id.slice(-5))));
  expect([...serials].sort((a, b) => a - b)).toEqual(Array.from({ length: serials.size }, (_, i) => i + 1));
  expect(await run(3, '5')).toEqual(city);
});
