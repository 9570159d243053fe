// What runs by itself in a world: the tick with indicators and, each minute, a snapshot; a tick before its time when people did
// something; between ticks the journal of busy layers, some times a second the disk, each five seconds the health of feeds, each
// minute the tidying.
import { mode } from '../../contracts/layers/mode.ts';
import type { KeptHistory } from './keep-history.ts';
import type { Journal } from '../history/journal.ts';
import type { Uptime } from '../history/uptime.ts';
import type { Metrics } from '../http/metrics.ts';
import type { AliasTable } from '../ingest/alias-table.ts';
import type { FeedHealthRows } from '../ingest/feed-health-rows.ts';
import type { Indicators } from '../indicators/port.ts';
import type { FeedRunner } from '../ingest/feed-runner.ts';
import type { Clock, Timer } from '../kit/clock.ts';
import type { Logger } from '../kit/log.ts';
import type { LiveWorld } from '../state/live-world.ts';
import type { Snapshots } from '../state/snapshot.ts';

/**
 * At 150,000 observations a second this leaves 13,500 to encode at once. No part of a second, so that what runs each tick
 * and this do not fall into the same turn of the loop.
 */
const COLLECT_MS = 90;
/** A killed process loses what came since, and the time of writing it: a second at most is promised. */
const DISK_MS = 390;
/** What people did does not wait for the next tick: a second would be gone before it is drawn. */
const SOON_MS = 250;
const HEALTH_MS = 5000;
const TIDY_MS = 60_000;
/** Event-loop delay worth a line in the log: the 99th percentile of a minute, milliseconds. */
const LOOP_WARN_MS = 50;

export interface HeartOptions {
  readonly clock: Clock;
  /** What goes to the disk goes by this one: a world that hurries would write as often as it pretends. */
  readonly wall: Clock;
  readonly log: Logger;
  readonly world: LiveWorld;
  readonly runner: FeedRunner;
  readonly health: FeedHealthRows;
  /** Of the process; null: another world has them. */
  readonly metrics: Metrics | null;
  readonly journal: Journal;
  readonly uptime: Uptime;
  readonly history: KeptHistory;
  readonly aliases: AliasTable;
  /** Milliseconds between two ticks, asked at each; null: whoever drives this world calls `tick`. */
  readonly tickMs: (() => number) | null;
  readonly indicators: Indicators;
  /** null: nothing of this world outlives it. */
  readonly snapshots: Snapshots | null;
  /** Between two snapshots. */
  readonly snapshotMs: number;
}

export interface Heart {
  tick(): void;
  stop(): void;
}

export function startHeart(options: HeartOptions): Heart {
  const { clock, wall, log, world, runner, health, metrics, tickMs } = options;
  const { indicators, snapshots, snapshotMs } = options;
  let snapshotAt = clock.elapsed() + snapshotMs;
  const tick = (): void => {
    const began = clock.elapsed();
    indicators.run(clock.now());
    world.advance(clock.now());
    options.uptime.seen(clock.now());
    metrics?.observeTick((clock.elapsed() - began) / 1000);
    if (began < snapshotAt) return;
    snapshotAt = began + snapshotMs;
    void snapshots?.begin();
  };
  const guarded = (name: string, run: () => void) => () => {
    try {
      run();
    } catch (error) {
      log.error(`${name}.fault`, { error: error instanceof Error ? error.stack : String(error) });
    }
  };
  const tidy = (): void => {
    runner.sweep();
    options.journal.prune(clock.now());
    const p99 = metrics?.loopDelayP99Ms() ?? 0;
    if (p99 > LOOP_WARN_MS) log.warn('loop.slow', { p99Ms: Math.round(p99) });
  };
  health.write(clock.now());
  const timers = [
    ...(tickMs === null
      ? []
      : [
          everyNow(clock, tickMs, guarded('tick', tick)),
          clock.every(SOON_MS, guarded('tick', whenPeopleActed(world, tick))),
        ]),
    wall.every(
      COLLECT_MS,
      guarded('journal', () => options.history.journal.collect(clock.now())),
    ),
    wall.every(
      DISK_MS,
      guarded('disk', () => {
        options.history.journal.collect(clock.now(), 1);
        void toDisk(options);
      }),
    ),
    clock.every(
      HEALTH_MS,
      guarded('health', () => health.write(clock.now())),
    ),
    clock.every(TIDY_MS, guarded('tidy', tidy)),
  ];
  return {
    tick,
    stop: () => {
      for (const timer of timers) timer.stop();
    },
  };
}

/** As `every`, with a period that may change: the next one counts. */
function everyNow(clock: Clock, periodMs: () => number, run: () => void): Timer {
  let current = periodMs();
  const again = (): void => {
    run();
    if (periodMs() === current) return;
    timer.stop();
    current = periodMs();
    timer = clock.every(current, again);
  };
  let timer = clock.every(current, again);
  return { stop: () => timer.stop() };
}

/** What a world begins with is no news: its first tick comes in its time. */
function whenPeopleActed(world: LiveWorld, tick: () => void): () => void {
  const first = world.tick;
  const theirs = [...world.layers.values()].filter(
    ({ layer }) => layer.retention === 'record' || layer.slug === mode.slug,
  );
  return () => {
    if (world.tick > first && theirs.some(({ table }) => table.changedCount > 0)) tick();
  };
}

async function toDisk({ journal, history, aliases, log }: HeartOptions): Promise<void> {
  try {
    await Promise.all([journal.flush(), history.states.flush()]);
    aliases.flush();
  } catch (error) {
    log.error('disk.fault', { error: error instanceof Error ? error.message : String(error) });
  }
}
