// How fast scenarios play headless: the real server and the simulated city in lock-step, every expectation judged.
import { playScenario, shelfOf } from '../server/main/play-scenario.ts';
import { createLogger } from '../server/pino-log.ts';
import { isStarved, watchUsage } from './measure.ts';
import type { BenchOptions, BenchResult } from './result.ts';
import { atLeast, check, exactly, reported, result } from './result.ts';

const SCALE = 0.1;
const SHORT_S = 6 * 3600;

export async function run({ long, say }: BenchOptions): Promise<BenchResult> {
  const shelf = await shelfOf('guangyuan');
  const slug = long ? 'rainstorm-jialing' : 'thallium-upstream';
  const scenario = shelf.read(slug);
  if (!scenario) throw new Error(`scenario ${slug}: there is no such file`);
  const untilS = long ? scenario.durationS : SHORT_S;
  say(`playing ${slug}, ${untilS / 3600} h, background scale ${SCALE}`);
  const usage = watchUsage();
  const log = createLogger('error');
  const played = await playScenario(scenario, shelf.fileOf(slug), { log, scale: SCALE, untilS });
  const used = usage();
  const wrong = played.verdicts.filter(({ outcome }) => outcome === 'missed' || outcome === 'unexpected');
  return result({
    name: 'scenario',
    value: played.playedS / (played.tookMs / 1000),
    unit: 'times real time, headless, background scale 0.1',
    target: atLeast(600),
    valid: !isStarved(used),
    checks: [
      check('expectations that came out otherwise', [wrong.length, ''], exactly(0)),
      reported('expectations judged', [played.verdicts.length, '']),
      reported('processor time of the server, all of its threads', [used.cpuMs / 1000, 's']),
      reported('played', [played.playedS / 3600, 'h']),
    ],
  });
}
