// The verdict of the moment for all who show it: made anew every few seconds of the city's clock and when the link changes,
// not with every row that moves.
import { shallowRef, watch } from 'vue';
import type { Stop } from '../clock.ts';
import { loadFeedFacts } from './feed-facts.ts';
import { session } from './session.ts';
import { cityNow } from './time.ts';
import { trustNow, type Trust } from './trust.ts';

const EVERY_S = 3;

export const trust = shallowRef<Trust>(trustNow(0));

export function startTrusting(): Stop {
  void loadFeedFacts();
  return watch([() => Math.floor(cityNow.value / 1000 / EVERY_S), () => session.link], () => {
    trust.value = trustNow(cityNow.value);
  });
}
