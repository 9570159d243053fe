import { title } from '../../../contracts/declare.ts';
import type { StateWord } from '../../i18n/words.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { judge, type FeedState, type Trust } from '../../stores/trust.ts';
import { defineFixture } from '../panel.ts';
import TrustReasons from './TrustReasons.vue';

const HOUR = 3_600_000;
const TOTAL = 26;

/** `bad` of all feeds are in this state, the rest deliver. */
function feedsIn(state: StateWord, bad: number): FeedState[] {
  return Array.from({ length: TOTAL }, (_, i) => ({
    id: `f${i}`,
    title: title(`来源 ${i + 1}`, `Feed ${i + 1}`),
    state: i < bad ? state : 'live',
    reason: i < bad && state === 'down' ? 'unreachable' : 'none',
    lastAt: i < bad && state === 'off' ? null : FIXTURE_NOW - HOUR,
    lastOkAt: FIXTURE_NOW - 2 * HOUR,
    affects: [title('图层甲', 'Layer A')],
  }));
}

const trustIn = (feeds: readonly FeedState[]): Trust => ({
  ...judge(feeds, true),
  oldest: feeds.length > 0 ? { layer: title('图层甲', 'Layer A'), at: FIXTURE_NOW - HOUR, periods: 6 } : null,
  rows: feeds.length * 400,
  synthetic: feeds.length * 150,
  manual: feeds.length > 0 ? 2 : 0,
});

export const fixture = defineFixture({
  view: TrustReasons,
  props: (state) => ({
    trust: trustIn(state === 'empty' ? [] : feedsIn(state, state === 'live' ? 0 : 3)),
    now: FIXTURE_NOW,
  }),
  more: { partial: () => ({ trust: trustIn(feedsIn('down', 12)), now: FIXTURE_NOW }) },
});
