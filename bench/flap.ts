// Feeds that come and go, 0.1 to 10 times a second, beside one that is well: on the city clock, as fast as it goes. A feed
// raises at most one alarm a minute, what is late is said in time, and the others are left alone.
import { rmSync } from 'node:fs';
import { noiseStation } from '../contracts/layers/noise-station.ts';
import { createManualClock } from '../server/kit/clock.ts';
import type { Logger } from '../server/kit/log.ts';
import type { DrivenFeed } from '../server/main/trial-server.ts';
import { driveFeed, silentLog, startTrial, TRIAL_START } from '../server/main/trial-server.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atMost, check, exactly, reported, result } from './result.ts';

const RATES_HZ = [0.1, 0.3, 1, 3, 10];
const STEP_MS = 50;
const CADENCE_S = 15;
/** Two periods and two seconds. */
const LATE_MS = 2 * CADENCE_S * 1000 + 2000;

interface Flapping {
  readonly feed: DrivenFeed;
  readonly halfMs: number;
}

export async function run(options: BenchOptions): Promise<BenchResult> {
  const minutes = options.minutes ?? (options.long ? 10 : 2);
  const clock = createManualClock(TRIAL_START);
  const alarms = new Map<string, number[]>();
  const log: Logger = {
    ...silentLog,
    warn: (event, fields) => {
      if (event !== 'feed.lost') return;
      const feed = String(fields?.['feed']);
      alarms.set(feed, [...(alarms.get(feed) ?? []), clock.now()]);
    },
    child: () => log,
  };
  const flapping: Flapping[] = RATES_HZ.map((hz) => ({
    feed: driveFeed(`flap-${hz * 10}`, [noiseStation], { cadenceS: CADENCE_S }),
    halfMs: 500 / hz,
  }));
  const [well, silent] = ['well', 'silent'].map((slug) =>
    driveFeed(slug, [noiseStation], { cadenceS: CADENCE_S }),
  );
  if (!well || !silent) throw new Error('two feeds were made');
  const feeds = [...flapping.map(({ feed }) => feed), well, silent];
  const { server, dataDir } = await startTrial({ feeds, clock, log });
  const stateOf = (slug: string) => server.feeds.reports().find(({ id }) => id === slug)?.state;
  let [unwell, lateAt, silentAt] = [0, NaN, NaN];
  try {
    for (let at = 0; at < minutes * 60_000; at += STEP_MS) {
      for (const { feed, halfMs } of flapping)
        flap(feed, Math.floor(at / halfMs), Math.floor((at + STEP_MS) / halfMs), at);
      if (at % 1000 === 0) report(well, 'well', at);
      if (at % 1000 === 0 && at <= 20_000) {
        report(silent, 'silent', at);
        silentAt = at;
      }
      clock.advance(STEP_MS);
      if (at % 1000 !== 0) continue;
      await Promise.resolve();
      if (at > 2000 && stateOf('well') !== 'live') unwell += 1;
      if (Number.isNaN(lateAt) && at > 20_000 && stateOf('silent') === 'late') lateAt = at + STEP_MS;
    }
    options.say(`alarms: ${[...alarms].map(([feed, times]) => `${feed} ${times.length}`).join(', ')}`);
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  const ofFlapping = [...alarms].filter(([feed]) => feed.startsWith('flap-')).map(([, times]) => times);
  return result({
    name: 'flap',
    value: Math.max(0, ...ofFlapping.map(mostInAMinute)),
    unit: 'alarms of one feed in a minute',
    target: atMost(1),
    valid: ofFlapping.length > 0,
    checks: [
      check('late is said after', [(lateAt - silentAt) / 1000, 's'], atMost(LATE_MS / 1000)),
      check('seconds in which the well feed was not live', [unwell, 's'], exactly(0)),
      reported('minutes of the city clock', [minutes, 'min']),
    ],
  });
}

/** Between two steps the connection was lost or came back, maybe more than once. */
function flap(feed: DrivenFeed, before: number, after: number, at: number): void {
  for (let half = before + 1; half <= after; half += 1) {
    if (half % 2 === 1) feed.context().failure('feed/unreachable', 'cut by the bench');
    else report(feed, feed.definition.slug, at);
  }
}

function report(feed: DrivenFeed, id: string, at: number): void {
  const { sink, clock } = feed.context();
  sink.put(noiseStation, {
    id,
    validAt: clock.now(),
    values: { position: [84.1, 41.2], leqDbA: 40 + (at % 30) },
  });
}

/** The most moments that lie within one minute of each other. */
function mostInAMinute(times: readonly number[]): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at - from < 60_000).length));
}
