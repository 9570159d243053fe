// Peacetime for the city and each county until people say otherwise; what they said before a restart stands.
import type { City } from '../../cities/load.ts';
import { mode } from '../../contracts/layers/mode.ts';
import type { LiveWorld } from '../state/live-world.ts';
import { countiesOf } from './city-facts.ts';

/** `now`: epoch ms on the clock of the world. */
export function seedMode(world: LiveWorld, city: City, at: { now: number; isDemo: boolean }): void {
  const { profile } = city;
  const areas = [
    { code: profile.code, name: profile.title.zh },
    ...countiesOf(city).map(({ properties }) => ({ code: properties.code, name: properties.name.zh })),
  ];
  const table = world.table(mode.slug);
  for (const { code, name } of areas) {
    if (table.slotOf(code) >= 0) continue;
    table.put({
      key: code,
      validAt: at.now,
      regionCode: code,
      source: 'leader-cockpit',
      synthetic: at.isDemo,
      values: { name, mode: 'peace', responseLevel: null, sinceAt: at.now },
    });
  }
}
