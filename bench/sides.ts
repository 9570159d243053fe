// Both sides at the same work, alternated, and the runs of each side put together.
import type { FanOut, FanOutOptions } from './fan-out.ts';
import { runFanOut } from './fan-out.ts';
import { alternated, median, percentile } from './measure.ts';
import type { BenchOptions } from './result.ts';
import type { Side } from './load/swarm.ts';

const sides: readonly Side[] = ['cockpit', 'json'];

export interface Compared {
  readonly ours: readonly FanOut[];
  readonly rival: readonly FanOut[];
}

export async function compare(
  options: BenchOptions,
  work: Omit<FanOutOptions, 'side'>,
  rounds: number,
): Promise<Compared> {
  const ours: FanOut[] = [];
  const rival: FanOut[] = [];
  for (const side of alternated(sides, rounds)) {
    const run = await runFanOut({ side, ...work });
    (side === 'cockpit' ? ours : rival).push(run);
    options.say(`${side}, ${work.objects} objects, ${work.screens} screens: ${described(run)}`);
  }
  return { ours, rival };
}

export function described(run: FanOut): string {
  const { cpuMsPerTick, latencies, applyMs, bytesPerScreenTick, lost, load, server } = run;
  return [
    `${cpuMsPerTick.toFixed(1)} ms CPU a tick`,
    `p50 ${percentile(latencies, 0.5).toFixed(1)} ms`,
    `p99 ${percentile(latencies, 0.99).toFixed(1)} ms`,
    `apply ${median(applyMs).toFixed(2)} ms`,
    `${Math.round(bytesPerScreenTick)} B a screen`,
    `${lost} lost`,
    `${server.usage.waitedMs.toFixed(0)} ms kept off the cores`,
    `load generator ${(load.usage.share * 100).toFixed(0)} % of a core`,
  ].join(', ');
}

export const cpuOf = (runs: readonly FanOut[]): number =>
  median(runs.map(({ cpuMsPerTick }) => cpuMsPerTick));
export const bytesOf = (runs: readonly FanOut[]): number => median(runs.map((run) => run.bytesPerScreenTick));
export const lostOf = (runs: readonly FanOut[]): number => runs.reduce((sum, { lost }) => sum + lost, 0);
/** The middle one of the runs' own: one run that something else disturbed does not decide. */
export const p99Of = (runs: readonly FanOut[]): number =>
  median(runs.map(({ latencies }) => percentile(latencies, 0.99)));
export const areValid = (runs: readonly FanOut[]): boolean => runs.every(({ isValid }) => isValid);
