// The past over HTTP: states of any moment, tracks, series out of files, across windows, hours and restarts.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FrameReceiver } from '../../contracts/frame.ts';
import { noiseStation } from '../../contracts/layers/noise-station.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { createManualClock } from '../kit/clock.ts';
import { until } from '../main/trial-client.ts';
import type { Trial } from '../main/trial-server.ts';
import { TRIAL_START, driveFeed, startTrial } from '../main/trial-server.ts';

const MINUTE = 60_000;
const feed = driveFeed('driven', [noiseStation, vehiclePosition]);
const clock = createManualClock(TRIAL_START);
let trial: Trial;
let key = '';

/** One vehicle drives north for half an hour, stands for half an hour, and drives on. */
function drive(minute: number): void {
  const steps = Math.min(minute, 30) + Math.max(0, minute - 60);
  const position = [84.2, 41.1 + steps * 0.002] as const;
  const speedKmh = minute > 30 && minute <= 60 ? 0 : 13;
  feed
    .context()
    .sink.put(vehiclePosition, { id: 'v1', validAt: clock.now(), values: { position, speedKmh } });
}

const latAt = (minute: number): number => Number((41.1 + Math.min(minute, 30) * 0.002).toFixed(5));

beforeAll(async () => {
  trial = await startTrial({ feeds: [feed], clock });
  for (let minute = 0; minute < 90; minute += 1) {
    drive(minute);
    clock.advance(MINUTE);
  }
  key = [...trial.server.world.table('vehicle-position').rows()][0]?.key ?? '';
  await caughtUp();
});
afterAll(() => trial.server.stop());

interface Collection {
  readonly features: readonly { id: string; geometry: { coordinates: number[] } }[];
  readonly knownAt: number;
}

const stateAt = async (at: number): Promise<Collection> =>
  (await trial.json(`/api/history/frame?layer=vehicle-position&at=${at}`)) as Collection;

/** The clock ran ahead of the disk. */
const caughtUp = (): Promise<void> =>
  until(async () => {
    clock.advance(1000);
    return (await stateAt(clock.now())).knownAt > TRIAL_START + 89 * MINUTE;
  }, 'the disk');

/** Sealed files of a kind. */
function sealed(kind: string): string[] {
  const folder = path.join(trial.dataDir, 'testville/history/live', kind, 'vehicle-position');
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

test('the state of any moment is what was known then, sealed or not', async () => {
  await until(async () => {
    clock.advance(1000);
    return sealed('state').length > 0;
  }, 'a sealed window');
  for (const minute of [0, 7, 29, 45]) {
    const { features } = await stateAt(TRIAL_START + minute * MINUTE + 5000);
    expect(features.map(({ id, geometry }) => [id, geometry.coordinates])).toEqual([
      [key, [84.2, latAt(minute)]],
    ]);
  }
  expect((await stateAt(clock.now())).knownAt).toBeGreaterThan(TRIAL_START + 89 * MINUTE);
  const early = await trial.get(`/api/history/frame?layer=vehicle-position&at=${TRIAL_START - 5000}`);
  expect(early.status).toBe(404);
});

test('the same state comes as a key frame', async () => {
  const at = TRIAL_START + 29 * MINUTE + 5000;
  const answer = await trial.get(`/api/history/frame?layer=vehicle-position&at=${at}&as=frame`);
  expect(answer.headers.get('x-tier')).toBe('raw');
  const receiver = new FrameReceiver(vehiclePosition, 'sensitive');
  receiver.apply(new Uint8Array(await answer.arrayBuffer()));
  expect([...receiver.table.rows()].map(({ values }) => values.position)).toEqual([[84.2, latAt(29)]]);
});

test('the axis says how far history reaches and where something happened', async () => {
  const extent = (await trial.json(
    `/api/history/extent?layers=vehicle-position&from=${TRIAL_START}&to=${TRIAL_START + 90 * MINUTE}&bins=9`,
  )) as { from: number; to: number; density: Record<string, number[]> };
  expect(extent.from).toBeLessThanOrEqual(TRIAL_START + 2000);
  const bins = extent.density['vehicle-position'] ?? [];
  expect(bins).toHaveLength(9);
  expect(Math.min(...bins)).toBeGreaterThanOrEqual(7);
});

test('one object has a track with its stops, from closed hours and the open one', async () => {
  await until(async () => {
    clock.advance(MINUTE);
    return sealed('observed').length > 0;
  }, 'a sealed hour');
  const track = (await trial.json(`/api/layers/vehicle-position/track?key=${key}&from=${TRIAL_START}`)) as {
    points: number[][];
    stops: { from: number; to: number; lat: number }[];
    metres: number;
  };
  expect(track.points).toHaveLength(90);
  expect(track.points[1]).toEqual([TRIAL_START + MINUTE, 84.2, 41.102, 13]);
  expect(track.stops.map(({ from, to, lat }) => [from, to, lat])).toEqual([
    [TRIAL_START + 30 * MINUTE, TRIAL_START + 60 * MINUTE, 41.16],
  ]);
  expect(track.metres).toBeGreaterThan(12_000);
});

test('what moves has a series too, read from files', async () => {
  const address = `/api/layers/vehicle-position/series?key=${key}&columns=speedKmh&from=${TRIAL_START}`;
  const series = (await trial.json(`${address}&stepS=1800&agg=mean`)) as { points: number[][] };
  expect(series.points.map((point) => Math.round(point[1] ?? -1))).toEqual([13, 0, 13]);
});

test('what cannot be answered says why', async () => {
  const message = async (address: string): Promise<string> =>
    ((await trial.json(address)) as { message: string }).message;
  const later = clock.now() + MINUTE;
  expect(await message(`/api/history/frame?layer=vehicle-position&at=${later}`)).toContain('still to come');
  expect(await message('/api/history/frame?layer=vehicle-positio&at=5')).toContain(
    'did you mean vehicle-position?',
  );
  expect(await message('/api/layers/indicator-value/track?key=x')).toContain('has no positions');
  expect(await message(`/api/layers/vehicle-position/track?key=x&from=5`)).toContain('up to 7 days');
});

test('health and metrics say what history takes', async () => {
  const health = (await trial.json('/health')) as { history: { bytes: number; maxBytes: number } };
  expect(health.history.bytes).toBeGreaterThan(0);
  expect(health.history.maxBytes).toBe(20e9);
  expect(await (await trial.get('/metrics')).text()).toMatch(/cockpit_history_bytes \d+/);
});

test('after a restart the past is where it was', async () => {
  const before = await stateAt(TRIAL_START + 88 * MINUTE + 5000);
  await trial.server.stop();
  trial = await startTrial({ feeds: [feed], clock, dataDir: trial.dataDir });
  clock.advance(MINUTE);
  const after = await stateAt(TRIAL_START + 88 * MINUTE + 5000);
  expect([after.features, after.knownAt]).toEqual([before.features, before.knownAt]);
});
