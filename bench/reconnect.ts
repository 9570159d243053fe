// 1,000 screens cut at once come back at once: until the last one holds the whole state. Ours say which tick they hold
// and get what they missed; reported besides: screens that come back with nothing. Ours goes on ticking meanwhile; the
// rival, which sends each a JSON snapshot of its own, is spared that.
import { isStarved, monotonicMs, percentile, sleep } from './measure.ts';
import { Rig } from './fan-out.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atLeast, check, exactly, reported, result } from './result.ts';
import type { Side } from './load/swarm.ts';

const SCREENS = 1000;
const OBJECTS = 20_000;
/** The rival needed 44 s where it was first measured. */
const TIMEOUT_MS = 180_000;

interface Restored {
  readonly lastMs: number;
  readonly p50Ms: number;
  readonly count: number;
  readonly cpuMs: number;
  readonly isValid: boolean;
}

/** `isFresh`: the screens have forgotten what they held, as pages that were loaded anew. */
async function measure(side: Side, isFresh = false): Promise<Restored> {
  const rig = new Rig(side);
  try {
    const { port } = await rig.server.call('open', { objects: OBJECTS, seed: 1 });
    await rig.load.call('prepare', { side, port, screens: SCREENS });
    if (side === 'cockpit') {
      await rig.load.call('open', null, 100_000);
      await rig.tick(2);
      await rig.load.call('cut', null);
      await gone(rig);
      if (isFresh) await rig.load.call('forget', null);
    }
    await rig.begin();
    const back = rig.load.call('reopen', { timeoutMs: TIMEOUT_MS }, TIMEOUT_MS + 10_000);
    let isBack = false;
    const settled = back.finally(() => (isBack = true));
    while (side === 'cockpit' && !isBack) await Promise.race([settled, ticking(rig)]);
    const times = await settled;
    const [server, load] = [await rig.server.call('report', null), await rig.load.call('report', null)];
    return {
      lastMs: percentile(times, 1),
      p50Ms: percentile(times, 0.5),
      count: times.length,
      cpuMs: server.usage.cpuMs,
      isValid: !isStarved(server.usage) && !isStarved(load.usage),
    };
  } finally {
    await rig.stop();
  }
}

async function ticking(rig: Rig): Promise<void> {
  await rig.server.call('tick', null);
  await sleep(1000);
}

async function gone(rig: Rig): Promise<void> {
  const until = monotonicMs() + 10_000;
  while ((await rig.server.call('report', null)).clients > 0) {
    if (monotonicMs() > until) throw new Error('the server still counts screens that were cut 10 s ago');
    await sleep(50);
  }
}

export async function run(options: BenchOptions): Promise<BenchResult> {
  const rounds: Restored[] = [];
  for (let round = 0; round < 3; round += 1) {
    rounds.push(await measure('cockpit'));
    options.say(`cockpit: ${described(rounds.at(-1) as Restored)}`);
  }
  const ours = rounds.toSorted((a, b) => a.lastMs - b.lastMs)[1] as Restored;
  const fresh = await measure('cockpit', true);
  options.say(`cockpit, screens that hold nothing: ${described(fresh)}`);
  const rival = await measure('json');
  options.say(`json: ${described(rival)}`);
  return result({
    name: 'reconnect',
    value: ours.lastMs / 1000,
    unit: 's',
    rival: { name: 'JSON snapshot per client over Socket.IO', value: rival.lastMs / 1000 },
    target: atLeast(25),
    valid: rounds.every(({ isValid }) => isValid) && rival.isValid,
    checks: [
      check('screens restored', [Math.min(...rounds.map(({ count }) => count)), 'screens'], exactly(SCREENS)),
      reported('all anew: the last screen restored', [fresh.lastMs / 1000, 's']),
      reported('server CPU of one screen that comes back', [ours.cpuMs / SCREENS, 'ms']),
    ],
  });
}

function described({ lastMs, p50Ms, count, cpuMs }: Restored): string {
  return `${count} restored, half after ${p50Ms.toFixed(0)} ms, all after ${lastMs.toFixed(0)} ms, ${cpuMs.toFixed(0)} ms server CPU`;
}
