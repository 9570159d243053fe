import type { StateWord } from '../../i18n/words.ts';
import { defineFixture } from '../panel.ts';
import FeedSquares from './FeedSquares.vue';

const feedsIn = (states: readonly StateWord[]) => ({
  feeds: states.map((state, i) => ({ id: `f${i}`, name: `来源 ${i + 1}`, state })),
});
const all = (state: StateWord): StateWord[] => Array.from({ length: 26 }, () => state);

export const fixture = defineFixture({
  view: FeedSquares,
  props: (state) => feedsIn(state === 'empty' ? [] : all(state)),
  more: { partial: () => feedsIn([...all('live'), 'late', 'stale', 'down', 'off', 'quiet', 'degraded']) },
});
