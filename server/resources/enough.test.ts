import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Able } from './enough.ts';
import { fewest } from './enough.ts';

const able = fc
  .array(fc.record({ gives: fc.integer({ min: 1, max: 20 }), minutes: fc.integer({ min: 0, max: 90 }) }), {
    maxLength: 9,
  })
  .map((all) => all.sort((a, b) => a.minutes - b.minutes));

/** Every set there is. */
function byHand(all: readonly Able[], amount: number): readonly [count: number, minutes: number] | null {
  let best: [number, number] | null = null;
  for (let set = 1; set < 2 ** all.length; set++) {
    const chosen = all.filter((_, i) => (set >> i) & 1);
    if (chosen.reduce((sum, { gives }) => sum + gives, 0) < amount) continue;
    const found: [number, number] = [chosen.length, Math.max(...chosen.map(({ minutes }) => minutes))];
    if (!best || found[0] < best[0] || (found[0] === best[0] && found[1] < best[1])) best = found;
  }
  return best;
}

test('no set that is enough is smaller, and none as small is sooner', () => {
  fc.assert(
    fc.property(able, fc.integer({ min: 1, max: 80 }), (all, amount) => {
      const found = fewest(all, amount);
      const best = byHand(all, amount);
      if (!found || !best) {
        expect(found).toBe(best);
        return;
      }
      expect(found.reduce((sum, { gives }) => sum + gives, 0)).toBe(amount);
      expect([found.length, Math.max(...found.map(({ at }) => all[at]!.minutes))]).toEqual(best);
    }),
  );
});
