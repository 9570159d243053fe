// One device with a wrong clock among many good ones: named with the amount, silenced by people, never of negative age.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { feedHealth } from '../../contracts/layers/feed-health.ts';
import { noiseStation } from '../../contracts/layers/noise-station.ts';
import type { Trial } from '../main/trial-server.ts';
import { driveFeed, startTrial } from '../main/trial-server.ts';
import type { FeedReport } from './port.ts';

const feed = driveFeed('noise', [noiseStation], { cadenceS: 15 });
let trial: Trial;
beforeEach(async () => {
  trial = await startTrial({ feeds: [feed] });
});
afterEach(() => trial.server.stop());

const GOOD = 40;

/** One minute in which every station reports each 15 s; `offMs` by name, + ahead of us. */
function minute(offMs: Readonly<Record<string, number>>): void {
  for (let at = 0; at < 4; at += 1) {
    trial.clock.advance(15_000);
    const names = Array.from({ length: GOOD }, (_, number) => `good-${number}`);
    for (const [number, id] of [...names, ...Object.keys(offMs)].entries()) {
      const values = { position: [84.1, 41.2], leqDbA: 40 + ((at + number) % 30) } as const;
      const validAt = trial.clock.now() - 500 + (offMs[id] ?? 0);
      feed.context().sink.put(noiseStation, { id, validAt, values: { ...values, name: id } });
    }
  }
}

async function reported(): Promise<FeedReport> {
  const [report] = (await trial.json('/api/feeds')) as FeedReport[];
  if (!report) throw new Error('the feed is gone');
  return report;
}

const rows = () => [...trial.server.world.table(noiseStation.slug).rows()];
const keyOf = (name: string): string => rows().find(({ values }) => values['name'] === name)?.key ?? '';

test('a device that is ahead, or behind the others, is named with the amount, and its feed is well', async () => {
  for (let at = 0; at < 3; at += 1) minute({ ahead: 60_000, behind: -600_000 });
  const { state, clocks, rejected } = await reported();
  expect({ state, rejected }).toEqual({ state: 'live', rejected: 0 });
  expect(clocks.count).toBe(2);
  expect(clocks.worst).toMatchObject([
    { layer: 'noise-station', key: keyOf('behind'), offMs: -600_000, isSilent: false },
    { layer: 'noise-station', key: keyOf('ahead'), offMs: 59_500, isSilent: false },
  ]);
});

test('what it says is never younger than now', () => {
  minute({ ahead: 60_000 });
  const now = trial.clock.now();
  expect(rows()).toHaveLength(GOOD + 1);
  for (const { validAt } of rows()) expect(validAt).toBeLessThanOrEqual(now);
});

test('a device whose clock makes all it says be refused is named by the name it gives itself', async () => {
  for (let at = 0; at < 3; at += 1) minute({ '13912345678': 7_200_000 });
  const { clocks, rejected } = await reported();
  expect(rejected).toBe(12);
  expect(clocks).toMatchObject({ count: 1, worst: [{ key: null, name: '139****5678', offMs: 7_199_500 }] });
});

test('a known device that runs far ahead keeps its row, and is named by it', async () => {
  minute({ runaway: 0 });
  for (let at = 0; at < 3; at += 1) minute({ runaway: 7_200_000 });
  const { clocks } = await reported();
  expect(clocks).toMatchObject({ count: 1, worst: [{ key: keyOf('runaway'), offMs: 7_199_500 }] });
});

test('a feed that is off as a whole is told so, without naming every device', async () => {
  const all = Object.fromEntries(Array.from({ length: GOOD }, (_, number) => [`good-${number}`, 60_000]));
  for (let at = 0; at < 3; at += 1) minute(all);
  expect(await reported()).toMatchObject({ state: 'degraded', reason: 'clock_ahead', clocks: { count: 0 } });
});

test('a silenced device is not counted any more, and still listed', async () => {
  for (let at = 0; at < 3; at += 1) minute({ ahead: 60_000 });
  const table = trial.server.world.table(feedHealth.slug);
  const wrongClocks = (): unknown => table.row(table.slotOf('noise')).values['wrongClocks'];
  trial.clock.advance(5000);
  expect(wrongClocks()).toBe(1);
  const key = keyOf('ahead');
  const answer = await fetch(`${trial.server.url}/api/operations/silence`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      layer: noiseStation.slug,
      key,
      reason: '时钟未校准',
      until: trial.clock.now() + 3_600_000,
    }),
  });
  expect(answer.status).toBe(201);
  expect((await reported()).clocks).toMatchObject({ count: 0, worst: [{ key, isSilent: true }] });
  trial.clock.advance(5000);
  expect(wrongClocks()).toBe(0);
  expect(rows().find((row) => row.key === key)?.quality).toBe('bad');
});

test('a clock that was set right is not named any more', async () => {
  for (let at = 0; at < 3; at += 1) minute({ ahead: 60_000 });
  expect((await reported()).clocks.count).toBe(1);
  for (let at = 0; at < 2; at += 1) minute({ ahead: 0 });
  expect((await reported()).clocks.count).toBe(0);
});

test('a row that a source ahead of us ends is gone, though that moment is yet to come', () => {
  minute({ ahead: 5_000 });
  const { sink } = feed.context();
  sink.remove(noiseStation, 'ahead', 'gone', trial.clock.now() + 5_000);
  expect(rows().some(({ values }) => values['name'] === 'ahead')).toBe(false);
});
