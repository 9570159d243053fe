// 2,000 screens on one process at 1 Hz.
import { runFanOut } from './fan-out.ts';
import { percentile } from './measure.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atMost, check, exactly, reported, result } from './result.ts';
import { described } from './sides.ts';

const SCREENS = 2000;

export async function run(options: BenchOptions): Promise<BenchResult> {
  const work = {
    side: 'cockpit',
    objects: 20_000,
    screens: SCREENS,
    ticks: options.long ? 300 : 15,
  } as const;
  const measured = await runFanOut(work);
  options.say(described(measured));
  const { latencies, lost, load, server, isValid } = measured;
  return result({
    name: 'clients',
    value: percentile(latencies, 0.99),
    unit: 'ms',
    target: atMost(250),
    valid: isValid,
    checks: [
      check('screens served', [server.clients, 'screens'], exactly(SCREENS)),
      check('packets lost', [lost, 'packets'], exactly(0)),
      check('ticks skipped for slowness', [server.skippedPackets, 'packets'], exactly(0)),
      check('connections lost', [load.lostScreens, 'screens'], exactly(0)),
      reported('server CPU of one core', [server.usage.share * 100, '%']),
    ],
  });
}
