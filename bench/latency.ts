// Tick start → applied in the client, p99 over 200 screens: 20,000 objects.
import { rivalName } from './fan-out.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atLeast, atMost, check, exactly, result } from './result.ts';
import { areValid, compare, lostOf, p99Of } from './sides.ts';

export async function run(options: BenchOptions): Promise<BenchResult> {
  const ticks = options.long ? 60 : 8;
  const { ours, rival } = await compare(options, { objects: 20_000, screens: 200, ticks }, 3);
  return result({
    name: 'latency',
    value: p99Of(ours),
    unit: 'ms',
    rival: { name: rivalName, value: p99Of(rival) },
    target: atLeast(5),
    valid: areValid(ours) && areValid(rival),
    checks: [
      check('p99', [p99Of(ours), 'ms'], atMost(100)),
      check('packets lost', [lostOf([...ours, ...rival]), 'packets'], exactly(0)),
    ],
  });
}
