// Server CPU of one tick with 200 screens: values into the table, encode, deflate, send, acknowledgements.
import { rivalName } from './fan-out.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atLeast, check, exactly, reported, result } from './result.ts';
import { areValid, bytesOf, compare, cpuOf, lostOf } from './sides.ts';

const SCREENS = 200;

export async function run(options: BenchOptions): Promise<BenchResult> {
  const city = await compare(options, { objects: 20_000, screens: SCREENS, ticks: 8 }, 2);
  // Whole rounds of acknowledgements: one every fourth packet. The rival needs seconds for one such tick.
  const largeWork = { objects: 100_000, screens: SCREENS, ticks: options.long ? 8 : 4 };
  const large = await compare(options, largeWork, 1);
  const all = [...city.ours, ...city.rival, ...large.ours, ...large.rival];
  return result({
    name: 'tick-cpu',
    value: cpuOf(city.ours),
    unit: 'ms',
    rival: { name: rivalName, value: cpuOf(city.rival) },
    target: atLeast(5),
    valid: areValid(all),
    checks: [
      check('rival ÷ ours at 100,000 objects', [cpuOf(large.rival) / cpuOf(large.ours), '×'], atLeast(11)),
      reported('bytes a screen and tick, rival ÷ ours', [bytesOf(city.rival) / bytesOf(city.ours), '×']),
      check('packets lost', [lostOf(all), 'packets'], exactly(0)),
    ],
  });
}
