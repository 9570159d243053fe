import type { StateWord } from '../../i18n/words.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import type { PanelState } from '../../stores/contact.ts';
import { defineFixture } from '../panel.ts';
import { asListed } from './arrange.ts';
import { feedRow } from './feed.fixture.ts';
import type { FeedRow } from './feeds.ts';
import FeedTable from './FeedTable.vue';

const AGE_MS: Readonly<Partial<Record<StateWord, number>>> = {
  late: 170_000,
  stale: 3_600_000,
  down: 900_000,
};

function rowIn(id: string, state: StateWord): FeedRow {
  if (state === 'off')
    return feedRow(id, state, {
      lastAt: null,
      lagMs: null,
      ratePerMin: null,
      accepted: null,
      rejected: null,
    });
  return feedRow(id, state, {
    lastAt: FIXTURE_NOW - (AGE_MS[state] ?? 20_000),
    ...(state === 'down' ? { reason: 'unreachable', detail: 'connect ECONNREFUSED', ratePerMin: 0 } : {}),
    ...(state === 'degraded' ? { rejected: 812 } : {}),
  });
}
const propsIn = (states: readonly StateWord[], state: PanelState = 'live') => ({
  rows: states.map((one, i) => rowIn(`来源 ${i + 1}`, one)),
  facts: new Map(),
  nameOf: ({ id }: FeedRow) => id,
  now: FIXTURE_NOW,
  sort: asListed,
  state,
});

export const fixture = defineFixture({
  view: FeedTable,
  props: (state) => (state === 'empty' ? propsIn([], 'quiet') : propsIn([state, state])),
  more: {
    partial: () => propsIn(['live', 'late', 'degraded', 'quiet', 'down', 'off']),
    filtered: () => ({ ...propsIn([]), filtered: true }),
    waiting: () => propsIn([], 'waiting'),
    forbidden: () => propsIn([], 'forbidden'),
  },
});
