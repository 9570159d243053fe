import type { PanelState } from '../../stores/contact.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture } from '../panel.ts';
import EventLines from './EventLines.vue';
import { eventsOf } from './event.fixture.ts';
import { openRoadEvents } from './events.ts';

const list = [
  { kind: 'closure', road: 'G212', kMark: 'K588', severity: 'orange', ageS: 5400 },
  { kind: 'accident', road: 'G5', kMark: 'K56', severity: 'blue', ageS: 300 },
  { kind: 'accident', title: '滨河路口追尾', ageS: 900 },
] as const;
const propsIn = (state: PanelState, events: readonly (typeof list)[number][]) => ({
  rows: openRoadEvents(eventsOf(events, FIXTURE_NOW)),
  most: 2,
  state,
  now: FIXTURE_NOW,
});

export const fixture = defineFixture({
  view: EventLines,
  props: (state) => (state === 'empty' ? propsIn('quiet', []) : propsIn(state, list)),
  more: { waiting: () => propsIn('waiting', []), forbidden: () => propsIn('forbidden', []) },
});
