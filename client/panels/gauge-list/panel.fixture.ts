import type { PanelState } from '../../stores/contact.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture } from '../panel.ts';
import GaugeLines from './GaugeLines.vue';
import { gaugesAt } from './gauge.fixture.ts';
import { gaugesOf } from './gauges.ts';

const list = [
  ['甲站', 465.9],
  ['乙站', 463.3],
  ['丙站', 455.42],
  ['丁站', null],
] as const;
const propsIn = (state: PanelState, gauges: readonly (typeof list)[number][], ageS = 120) => ({
  gauges: gaugesOf(gaugesAt(gauges, FIXTURE_NOW - ageS * 1000), { most: 5, now: FIXTURE_NOW, locale: 'zh' }),
  state,
  now: FIXTURE_NOW,
});

export const fixture = defineFixture({
  view: GaugeLines,
  props: (state) =>
    state === 'empty' ? propsIn('live', []) : propsIn(state, list, state === 'late' ? 800 : 120),
  more: {
    partial: () => propsIn('degraded', list.slice(2)),
    waiting: () => propsIn('waiting', []),
    forbidden: () => propsIn('forbidden', []),
  },
});
