// A real server killed with SIGKILL at random points, while three people act without a pause and a source reports: what it
// had said yes to is there after the next start, in its order, and it is back soon.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { seeded } from '../contracts/codec/random-rows.test-kit.ts';
import { kill9 } from '../server/main/kill9.test-kit.ts';
import { median } from './measure.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atMost, check, exactly, reported, result } from './result.ts';

const SHORT_LOOPS = 100;
const LONG_LOOPS = 500;
const SEED = 9;
/** A start that computes for less than this share of its time was held up by other programs. */
const LEAST_OWN_SHARE = 0.5;

export async function run(options: BenchOptions): Promise<BenchResult> {
  const loops = options.loops ?? (options.long ? LONG_LOOPS : SHORT_LOOPS);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'bench-kill9-'));
  try {
    const { say } = options;
    const report = await kill9({ dataDir, loops, random: seeded(SEED), say });
    const { actions, observations, readyMs, readyCpuMs, lostMs } = report;
    for (const fault of report.faults) say(`the log: ${fault}`);
    return result({
      name: 'kill9',
      value: report.lostActions + report.misplacedActions,
      unit: 'acknowledged actions lost or moved',
      target: exactly(0),
      valid:
        actions >= loops && observations >= loops && median(readyCpuMs) >= LEAST_OWN_SHARE * median(readyMs),
      checks: [
        check('faults of the chain', [report.faults.length, 'faults'], exactly(0)),
        check('telemetry lost by a kill, the most', [Math.max(...lostMs) / 1000, 's'], atMost(1)),
        reported('telemetry lost by a kill, median', [median(lostMs) / 1000, 's']),
        check('ready after a kill, the slowest', [Math.max(...readyMs) / 1000, 's'], atMost(3)),
        reported('ready after a kill, median', [median(readyMs) / 1000, 's']),
        reported('of it computing, median', [median(readyCpuMs) / 1000, 's']),
        reported('kills', [loops, 'times']),
        reported('actions acknowledged', [actions, 'actions']),
        reported('observations acknowledged', [observations, 'observations']),
      ],
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
