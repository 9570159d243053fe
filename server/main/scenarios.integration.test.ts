// Scenarios play from end to end against the real server and the real simulated city, and come out as they say.
import { expect, test } from 'vitest';
import { playScenario, shelfOf } from './play-scenario.ts';
import { silentLog } from './trial-server.ts';

const HOUR_S = 3600;
/** Above what a busy machine needs: nothing in here waits for a duration. */
const WITHIN_MS = 600_000;

const shelf = await shelfOf('guangyuan');

// The longer ones by hand: npm run scenario -- --all.
test.each([
  ['ammonia-leak', 1.25 * HOUR_S],
  ['fog-pile-up', Infinity],
])(
  '%s comes out as it says',
  async (slug, untilS) => {
    const scenario = shelf.read(slug);
    if (!scenario) throw new Error(`scenario ${slug} is gone`);
    const { verdicts, failed } = await playScenario(scenario, shelf.fileOf(slug), {
      log: silentLog,
      scale: 0.02,
      untilS,
    });
    const wrong = verdicts.filter(({ outcome }) => outcome === 'missed' || outcome === 'unexpected');
    expect(
      wrong.map(({ expectation, outcome, seen }) => `${expectation.text.en}: ${outcome}, saw ${seen}`),
    ).toEqual([]);
    expect(failed).toEqual([]);
    expect(verdicts.length).toBe(scenario.expectations.filter(({ toS }) => toS <= untilS).length);
    expect(verdicts.some(({ outcome }) => outcome === 'met')).toBe(true);
  },
  WITHIN_MS,
);
