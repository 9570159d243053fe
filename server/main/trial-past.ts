// A server with a past of its own, for tests of what it publishes: vehicles that drove, a warning, calls.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { emergencyCall } from '../../contracts/layers/emergency-call.ts';
import { vehiclePosition } from '../../contracts/layers/vehicle-position.ts';
import { warning } from '../../contracts/layers/warning.ts';
import { createManualClock } from '../kit/clock.ts';
import type { ManualClock } from '../kit/clock.ts';
import { until } from './trial-client.ts';
import type { Trial, TrialOptions } from './trial-server.ts';
import { TRIAL_START, driveFeed, startTrial } from './trial-server.ts';

export const MINUTE = 60_000;
export const START = TRIAL_START;
export const VEHICLES = 30;
/** Minutes driven: the first hour of the journal is closed by then. */
export const MINUTES = 75;

/** Where vehicle `n` was in minute `minute`, as the server keeps places. */
export const placeOf = (n: number, minute: number): [number, number] => [
  Number((84.1 + n * 0.003).toFixed(5)),
  Number((41.1 + minute * 0.001).toFixed(5)),
];

export interface PastTrial {
  readonly trial: Trial;
  readonly clock: ManualClock;
}

/** Every vehicle said where it is once a minute; the disk has all of it. */
export async function startPast(options: Partial<TrialOptions> = {}): Promise<PastTrial> {
  // Few ticks: what is tested here does not depend on them.
  const settings = path.join(mkdtempSync(path.join(tmpdir(), 'past-')), 'config.yaml');
  writeFileSync(settings, 'tick:\n  peaceMs: 20000\n');
  const feed = driveFeed('driven', [vehiclePosition, warning, emergencyCall]);
  const clock = createManualClock(START);
  const trial = await startTrial({ feeds: [feed], clock, args: ['--config', settings], ...options });
  const { sink } = feed.context();
  const ring = [
    [84.1, 41.1],
    [84.3, 41.1],
    [84.3, 41.3],
    [84.1, 41.3],
    [84.1, 41.1],
  ] as const;
  sink.put(warning, {
    id: 'w1',
    validAt: clock.now(),
    values: { title: '暴雨橙色预警', severity: 'orange', area: { type: 'Polygon', coordinates: [ring] } },
  });
  sink.put(emergencyCall, {
    id: 'c1',
    validAt: clock.now(),
    values: { position: [84.2, 41.2], title: '电梯困人', status: 'ringing', address: '利州' },
  });
  for (let minute = 0; minute < MINUTES; minute += 1) {
    for (let n = 0; n < VEHICLES; n += 1) {
      const values = {
        position: placeOf(n, minute),
        speedKmh: minute % 80,
        kind: n % 3 === 0 ? 'taxi' : 'truck',
        name: `MN${n}`,
      } as const;
      sink.put(vehiclePosition, { id: `v${n}`, validAt: clock.now(), synthetic: true, values });
    }
    clock.advance(MINUTE);
  }
  const last = START + (MINUTES - 1) * MINUTE;
  await until(async () => {
    clock.advance(MINUTE);
    const state = await trial.get(`/api/history/frame?layer=vehicle-position&at=${clock.now()}`);
    return Number(state.headers.get('x-known-at')) > last;
  }, 'the disk');
  return { trial, clock };
}
