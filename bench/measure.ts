// Percentiles, medians, CPU and loop delay: what every bench measures with.
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Nearest-rank percentile, `share` in 0…1; NaN of nothing. Does not change `values`. */
export function percentile(values: ArrayLike<number>, share: number): number {
  if (values.length === 0) return NaN;
  const sorted = Float64Array.from(values).sort();
  const rank = Math.ceil(share * sorted.length);
  return sorted[Math.min(sorted.length - 1, Math.max(0, rank - 1))] as number;
}

/** The middle value, or the mean of the two middle ones; NaN of nothing. */
export function median(values: ArrayLike<number>): number {
  if (values.length === 0) return NaN;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle] as number;
  return ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** Which side goes first in each round: ours, rival, rival, ours, … so that a drift of the machine hits both alike. */
export function alternated<S>(sides: readonly S[], rounds: number): S[] {
  return Array.from({ length: rounds }, (_, round) => (round % 2 === 0 ? sides : sides.toReversed())).flat();
}

/** Milliseconds on the machine's monotonic clock: comparable between processes of one machine. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export interface Usage {
  /** CPU of the process, user and system, all threads, milliseconds. */
  readonly cpuMs: number;
  readonly wallMs: number;
  /** cpuMs / wallMs: 1 = one core busy all the time. */
  readonly share: number;
  /** How long the main thread was ready to run and had to wait for a core; 0 where the system does not say. */
  readonly waitedMs: number;
}

/** Other programs kept a process off the cores: its times say more about them than about us. */
export function isStarved({ cpuMs, waitedMs }: Usage): boolean {
  return waitedMs > MAX_WAIT * cpuMs + WAIT_FLOOR_MS;
}

/** Server and load generator share two cores with the driver: some waiting is theirs. */
const MAX_WAIT = 0.5;
const WAIT_FLOOR_MS = 50;

/** Starts counting; the returned function says what was used since. */
export function watchUsage(): () => Usage {
  const cpu = process.cpuUsage();
  const from = monotonicMs();
  const waited = waitedForCoreMs();
  return () => {
    const used = process.cpuUsage(cpu);
    const cpuMs = (used.user + used.system) / 1000;
    const wallMs = monotonicMs() - from;
    return { cpuMs, wallMs, share: cpuMs / wallMs, waitedMs: waitedForCoreMs() - waited };
  };
}

/** Linux: second number of schedstat, nanoseconds on the run queue. */
function waitedForCoreMs(): number {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}

/** Milliseconds between two samples of the loop: a stall of 30 ms once a second is then within the highest 1 %. */
const LOOP_STEP_MS = 10;

export interface LoopDelay {
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Starts watching the event loop. Node counts the interval itself into the delay: it is taken off. */
export function watchLoop(): () => LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: LOOP_STEP_MS });
  histogram.enable();
  return () => {
    histogram.disable();
    const late = (ns: number): number => Math.max(0, ns / 1e6 - LOOP_STEP_MS);
    return { p99Ms: late(histogram.percentile(99)), maxMs: late(histogram.max) };
  };
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
