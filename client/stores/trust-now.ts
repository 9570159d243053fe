// The verdict of the moment for all who show it: made anew every few seconds of the city's clock and when the link changes,
// not with every row that moves, but with the health of the feeds.
import { shallowRef, watch } from 'vue';
import { feedHealth } from '../../contracts/layers/feed-health.ts';
import type { Stop } from '../clock.ts';
import { loadFeedFacts } from './feed-facts.ts';
import { mirrors } from './layers.ts';
import { session } from './session.ts';
import { cityNow } from './time.ts';
import { trustNow, type Trust } from './trust.ts';

const EVERY_S = 3;

export const trust = shallowRef<Trust>(trustNow(0));

export function startTrusting(): Stop {
  void loadFeedFacts();
  const tick = (): number => Math.floor(cityNow.value / 1000 / EVERY_S);
  // The health of feeds is counted beside it from the same rows: both change in the same picture.
  return watch([tick, () => session.link, () => mirrors.get(feedHealth.slug)?.version.value], () => {
    trust.value = trustNow(cityNow.value);
  });
}
