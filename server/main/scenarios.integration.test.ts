// Scenarios play against the real server and the real simulated city, and come out as they say; the same one ends the same.
import { expect, test } from 'vitest';
import type { LiveWorld } from '../state/live-world.ts';
import type { PlayOptions } from './play-scenario.ts';
import { playScenario, shelfOf } from './play-scenario.ts';
import { silentLog } from './trial-server.ts';

const HOUR_S = 3600;
/** Above what a busy machine needs: nothing in here waits for a duration. */
const WITHIN_MS = 1_200_000;
/** Vehicles, buses and ships: what is expected is said by stations and people. */
const SCALE = 0.02;

const shelf = await shelfOf('guangyuan');

async function play(slug: string, options: Partial<PlayOptions>) {
  const scenario = shelf.read(slug);
  if (!scenario) throw new Error(`scenario ${slug} is gone`);
  return playScenario(scenario, shelf.fileOf(slug), { log: silentLog, scale: SCALE, ...options });
}

// To their ends, all but the rainstorm, in .ci/run. Of the long ones what a test has time for: of the thallium up to the order that closes the intake, of
// the rainstorm its first twelve hours, with the warning that ends them.
test.each([
  ['ammonia-leak', Infinity],
  ['fog-pile-up', Infinity],
  ['thallium-upstream', 4.75 * HOUR_S],
  ['rainstorm-jialing', 12.25 * HOUR_S],
])(
  '%s comes out as it says',
  async (slug, untilS) => {
    const { scenario, verdicts, failed, notReached } = await play(slug, { untilS });
    const wrong = verdicts.filter(({ outcome }) => outcome === 'missed' || outcome === 'unexpected');
    expect(
      wrong.map(({ expectation, outcome, seen }) => `${expectation.text.en}: ${outcome}, saw ${seen}`),
    ).toEqual([]);
    expect(failed).toEqual([]);
    expect(verdicts.length + notReached).toBe(scenario.expectations.length);
    expect(notReached).toBe(scenario.expectations.filter(({ toS }) => toS > untilS).length);
    expect(verdicts.some(({ outcome }) => outcome === 'met')).toBe(true);
  },
  WITHIN_MS,
);

/** Every row of every layer, as lines; but how soon a feed answered is a matter of the machine. */
const linesOf = (world: LiveWorld): string[] =>
  [...world.layers.values()]
    .filter(({ layer }) => layer.slug !== 'feed-health')
    .flatMap(({ table }) => [...table.rows()].map((row) => `${table.layer.slug} ${JSON.stringify(row)}`));

test(
  'the same seed ends in the same state, however fast the machine is',
  async () => {
    const ends: string[][] = [];
    for (const _ of [1, 2]) {
      await play('mall-fire', {
        untilS: 0.35 * HOUR_S,
        onEnd: (world) => ends.push(linesOf(world).toSorted()),
      });
    }
    const [first = [], second = []] = ends;
    expect(first.length).toBeGreaterThan(1000);
    expect(second).toEqual(first);
  },
  WITHIN_MS,
);
