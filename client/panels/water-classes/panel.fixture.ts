import type { PanelState } from '../../stores/contact.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture } from '../panel.ts';
import ClassBars from './ClassBars.vue';
import { countClasses } from './classes.ts';
import { sectionsOf } from './section.fixture.ts';

const list = [
  ['甲断面', 'I', 'II'],
  ['乙断面', 'II', 'II'],
  ['丙断面', 'II', 'III'],
  ['丁断面', 'III', 'II'],
  ['戊断面', 'IV', 'III'],
] as const;
const propsIn = (state: PanelState, sections: readonly (typeof list)[number][], ageMs = 3_600_000) => ({
  count: countClasses(sectionsOf(sections, FIXTURE_NOW - ageMs), FIXTURE_NOW),
  state,
  now: FIXTURE_NOW,
});

export const fixture = defineFixture({
  view: ClassBars,
  props: (state) =>
    state === 'empty' ? propsIn('live', []) : propsIn(state, list, state === 'late' ? 40_000_000 : 3_600_000),
  more: {
    partial: () => propsIn('degraded', list.slice(0, 2)),
    waiting: () => propsIn('waiting', []),
    forbidden: () => propsIn('forbidden', []),
  },
});
