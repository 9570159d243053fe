import type { PanelState } from '../../stores/contact.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture } from '../panel.ts';
import LongSection from './LongSection.vue';
import { axisFixture, damsAt, gaugesAt } from './section.fixture.ts';
import { stationsOf } from './section.ts';

const levels = [
  ['上站', 462],
  ['中站', 455.4],
  ['下站', 441.2],
] as const;

function propsIn(state: PanelState, some: readonly (readonly [string, number])[], ageS = 120) {
  const at = FIXTURE_NOW - ageS * 1000;
  const stations = stationsOf({
    axis: axisFixture,
    gauges: gaugesAt(some, at),
    dams: damsAt(some.length > 0 ? [['甲水库', 461]] : [], at),
    now: FIXTURE_NOW,
    locale: 'zh',
  });
  return { axis: axisFixture, stations, state };
}

export const fixture = defineFixture({
  view: LongSection,
  props: (state) =>
    state === 'empty' ? propsIn('live', []) : propsIn(state, levels, state === 'stale' ? 7200 : 120),
  more: {
    partial: () => propsIn('degraded', levels.slice(0, 1)),
    waiting: () => propsIn('waiting', []),
    forbidden: () => propsIn('forbidden', []),
  },
});
