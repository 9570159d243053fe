// Screens that stop reading while they stay connected: what each costs the server in memory, and whether the others
// notice. Phases without and with them alternate in one run.
import { joined, Rig } from './fan-out.ts';
import { isStarved, median, percentile } from './measure.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atMost, check, exactly, result } from './result.ts';

const SCREENS = 200;
const STALLED = 50;
const OBJECTS = 20_000;
const ROUNDS = 2;

interface Phase {
  readonly latencies: Float64Array;
  readonly rssMb: number;
  readonly missing: number;
  readonly skippedPackets: number;
}

async function phase(rig: Rig, ticks: number): Promise<Phase> {
  const before = await rig.server.call('report', null);
  const { latencies, missing } = await rig.tick(ticks);
  const { rssMb, skippedPackets } = await rig.server.call('report', null);
  return {
    latencies: joined(latencies),
    rssMb,
    missing,
    skippedPackets: skippedPackets - before.skippedPackets,
  };
}

export async function run(options: BenchOptions): Promise<BenchResult> {
  const ticks = options.long ? 60 : 12;
  const rig = new Rig('cockpit', ['--expose-gc']);
  try {
    await rig.open({ side: 'cockpit', objects: OBJECTS, screens: SCREENS });
    await rig.tick(15, 0);
    await rig.begin();
    const calm: Phase[] = [];
    const stalled: Phase[] = [];
    const growthMb: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const without = await phase(rig, ticks);
      await rig.load.call('stall', { count: STALLED });
      const withThem = await phase(rig, ticks);
      await rig.load.call('cutStalled', null);
      calm.push(without);
      stalled.push(withThem);
      growthMb.push(withThem.rssMb - without.rssMb);
      options.say(
        `p99 ${p99([without]).toFixed(1)} → ${p99([withThem]).toFixed(1)} ms, ${growthMb.at(-1)?.toFixed(1)} MB more, ` +
          `${withThem.skippedPackets} packets skipped`,
      );
    }
    const load = await rig.load.call('report', null);
    const server = await rig.server.call('report', null);
    const skipped = stalled.reduce((sum, { skippedPackets }) => sum + skippedPackets, 0);
    const missing = [...calm, ...stalled].reduce((sum, of) => sum + of.missing, 0);
    return result({
      name: 'slow-client',
      value: Math.max(0, median(growthMb)) / STALLED,
      unit: 'MB',
      target: atMost(2),
      valid: !isStarved(load.usage) && !isStarved(server.usage) && skipped > 0,
      checks: [
        check("others' p99, with ÷ without", [p99(stalled) / p99(calm), '×'], atMost(1.2)),
        check('packets lost by others', [missing, 'packets'], exactly(0)),
      ],
    });
  } finally {
    await rig.stop();
  }
}

const p99 = (phases: readonly Phase[]): number =>
  percentile(joined(phases.map(({ latencies }) => latencies)), 0.99);
