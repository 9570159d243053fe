// Playbooks come out as they say, to their ends; the same one ends the same. The long ones stand beside.
import { expect, test } from 'vitest';
import type { LiveWorld } from '../state/live-world.ts';
import { expectToComeOut, HOUR_S, play, WITHIN_MS } from './play-scenario.test-kit.ts';

test.each(['ammonia-leak', 'fog-pile-up'])(
  '%s comes out as it says',
  async (slug) => expectToComeOut(slug),
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
