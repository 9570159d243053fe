// Charts over HTTP: a day of a station, thinned, with its gaps, across a restart.
import { afterAll, expect, test } from 'vitest';
import { noiseStation } from '../../contracts/layers/noise-station.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { until } from '../main/trial-client.ts';
import { TRIAL_START, driveFeed, startTrial } from '../main/trial-server.ts';
import type { Trial } from '../main/trial-server.ts';
import { createManualClock } from '../kit/clock.ts';

const MINUTE = 60_000;
const layers = [noiseStation, vehiclePosition];
const feed = driveFeed('driven', layers);
const clock = createManualClock(TRIAL_START);
const stopping: Trial[] = [];
afterAll(async () => {
  for (const trial of stopping) await trial.server.stop();
});

interface Answer {
  readonly points: readonly (readonly (number | null)[])[];
  readonly gaps: readonly (readonly number[])[];
  readonly isLoaded: boolean;
  readonly message: string;
  readonly columns: Readonly<Record<string, { unit: string }>>;
  readonly series: readonly { key: string; points: readonly unknown[] }[];
}

function report(id: string, value: number): void {
  feed.context().sink.put(noiseStation, { id, validAt: clock.now(), values: { name: id, leqDbA: value } });
}

const asker =
  (trial: Trial) =>
  async (query: string, layer = 'noise-station'): Promise<Answer> =>
    (await trial.json(`/api/layers/${layer}/series?${query}`)) as Answer;

test('a station is a series with its gaps, thinned on demand, and survives a restart', async () => {
  const first = await startTrial({ feeds: [feed], clock });
  for (let minute = 0; minute < 30; minute += 1) {
    if (minute < 10 || minute >= 20) report('n1', 50 + minute);
    if (minute === 0) report('n2', 60);
    clock.advance(MINUTE);
  }
  const ask = asker(first);
  const [n1 = '', n2 = ''] = [...first.server.world.table('noise-station').rows()].map(({ key }) => key);
  const whole = await ask(`key=${n1}&columns=leqDbA`);
  expect(whole.points).toHaveLength(20);
  expect(whole.points[0]).toEqual([TRIAL_START, 50]);
  expect(whole.columns.leqDbA?.unit).toBe('dBA');
  const held = whole.gaps.find(([from]) => from === TRIAL_START + 9 * MINUTE);
  expect(held).toEqual([TRIAL_START + 9 * MINUTE, TRIAL_START + 20 * MINUTE]);

  const thinned = await ask(`key=${n1}&columns=leqDbA&stepS=300&agg=max&from=${TRIAL_START}`);
  expect(thinned.points.map((point) => point[1])).toEqual([54, 59, 74, 79]);
  const several = await ask(`keys=${n1},${n2}&columns=leqDbA`);
  expect(several.series.map(({ key, points }) => [key, points.length])).toEqual([[n1, 20], [n2, 1]]); // prettier-ignore

  await first.server.stop();
  const second = await startTrial({ feeds: [feed], clock, dataDir: first.dataDir });
  stopping.push(second);
  const again = asker(second);
  await until(async () => (await again(`key=${n1}&columns=leqDbA`)).isLoaded, 'the earlier run');
  const after = await again(`key=${n1}&columns=leqDbA`);
  expect([after.points, after.gaps]).toEqual([whole.points, whole.gaps.map(([from, to]) => [from, to])]);

  await refusals(again, n1);
});

/** What cannot be answered says why, and what was probably meant. */
async function refusals(ask: ReturnType<typeof asker>, key: string): Promise<void> {
  const message = async (query: string, layer?: string): Promise<string> => (await ask(query, layer)).message;
  expect(await message(`key=${key}&columns=leqDb`)).toContain('did you mean leqDbA?');
  expect(await message(`key=${key}&columns=name`)).toContain('a text cannot be drawn');
  expect(await message(`key=${key.slice(0, -1)}`)).toContain(`did you mean ${key}?`);
  expect(await message('key=x', 'noise-statio')).toContain('did you mean noise-station?');
  expect(await message(`key=${key}&from=5`)).toContain('days of 1 objects');
  expect(await message(`key=${key}&from=${TRIAL_START}&to=${TRIAL_START}`)).toContain('is not before');
  expect(await message(`keys=${'a,'.repeat(60)}`)).toContain('object a of layer');
  const many = Array.from({ length: 51 }, (_, at) => `k${at}`).join(',');
  expect(await message(`keys=${many}`)).toContain('1–50 are answered');
  expect(await message(`key=${key}&keys=${key}`)).toContain('give key or keys');
}
