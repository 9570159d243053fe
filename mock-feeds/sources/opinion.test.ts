// Which posts are sent for a check, and that each comes back with a finding.
import { beforeAll, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { createWorld } from '../simulation.ts';
import type { Exchange, Handler, HttpHost } from '../transport/http-server.ts';
import { createOpinion } from './opinion.ts';

const HOURS = 12;

interface Line {
  readonly itemId: string;
  readonly platform: string;
  readonly sentiment: number;
  readonly publishedAt: string;
  readonly check?: string;
  /** When it was told, epoch ms. */
  readonly at: number;
}

let lines: Line[];
beforeAll(async () => {
  lines = await listen();
});

/** What a listener hears from the start on. */
async function listen(): Promise<Line[]> {
  const citiesDir = new URL('../fixtures/cities', import.meta.url).pathname;
  const args = [
    '--cities-dir',
    citiesDir,
    '--city',
    'tiny',
    '--paused',
    '--start',
    '2026-07-16T14:00:00+08:00',
  ];
  const world = createWorld(
    readConfig(args, {}, () => 0),
    { wall: () => 0, log: () => undefined },
  );
  const source = createOpinion(world);
  const handlers = new Map<string, Handler>();
  const http: Partial<HttpHost> = { on: (_, pattern, handler) => void handlers.set(pattern, handler) };
  source.routes?.(http as HttpHost);
  const heard: Line[] = [];
  const response = {
    writeHead: () => response,
    write: (bytes: Buffer | string) => {
      const text = bytes.toString().trim();
      if (text !== '') heard.push({ ...(JSON.parse(text) as Line), at: world.clock.now() });
    },
    on: () => response,
    end: () => undefined,
  };
  const exchange = { response, query: new URLSearchParams() } as unknown as Exchange;
  await handlers.get('/opinion/stream')?.(exchange);
  source.start?.();
  await world.clock.advance(HOURS * 3_600_000);
  await source.stop?.();
  return heard;
}

test('what is syndicated is not told on the stream as well', () => {
  const told = new Set(lines.map(({ platform }) => platform));
  expect([...told].sort()).toEqual(['douyin', 'toutiao', 'weibo']);
});

test('a few complaints are sent for a check, and each comes back with a finding', () => {
  const asked = new Map(lines.filter(({ check }) => check === 'open').map((line) => [line.itemId, line]));
  const complaints = lines.filter(({ check, sentiment }) => check !== undefined && sentiment < -0.25);
  expect(asked.size).toBeGreaterThan(1);
  expect(asked.size).toBeLessThan(new Set(complaints.map(({ itemId }) => itemId)).size / 12);
  for (const { check } of lines) expect(check).toBeDefined();
  const findings = lines.filter(({ check }) => check === 'true' || check === 'false' || check === 'partly');
  expect(findings.every(({ itemId }) => asked.has(itemId))).toBe(true);
  const end = lines.at(-1)?.at ?? 0;
  for (const { itemId, publishedAt } of asked.values()) {
    const found = findings.find((one) => one.itemId === itemId);
    const minutes = ((found?.at ?? end) - Date.parse(publishedAt)) / 60_000;
    if (found) expect(minutes).toBeGreaterThanOrEqual(15);
    expect(minutes).toBeLessThan(76);
  }
});

test('a usual day has few complaints', () => {
  const posts = new Map(lines.map((line) => [line.itemId, line]));
  const complaints = [...posts.values()].filter(({ sentiment }) => sentiment < -0.25);
  expect(complaints.length / posts.size).toBeGreaterThan(0.06);
  expect(complaints.length / posts.size).toBeLessThan(0.2);
});

test('the same seed and clock send the same posts', async () => {
  expect(await listen()).toEqual(lines);
});
