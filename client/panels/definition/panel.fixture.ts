import { title } from '../../../contracts/declare.ts';
import type { Definition } from '../../stores/definition.ts';
import { FIXTURE_NOW } from '../../stores/indicators.fixture.ts';
import { defineFixture, type FixtureState } from '../panel.ts';
import DefinitionCard from './DefinitionCard.vue';

const known: Definition = {
  title: title('交通运行指数', 'Traffic performance index'),
  shown: { text: '3.2', unit: '' },
  state: null,
  formula: title(
    'TPI = 10×Σ(VKT×w)/ΣVKT，对城市道路路段求和',
    'TPI = 10·Σ(VKT·w)/ΣVKT over the segments of streets',
  ),
  limits: '≤ 4 正常，≤ 6 黄，≤ 8 橙，其余红',
  inputs: ['路段车速'],
  sources: ['smart-transport'],
  at: FIXTURE_NOW - 40_000,
  coveragePct: 96.2,
  oldestInputS: 71,
  version: 'tpi@1',
  synthetic: true,
  estimated: false,
};
const absent = { shown: null, at: null, coveragePct: null, oldestInputS: null, synthetic: false };
const unlike: Readonly<Record<FixtureState, Partial<Definition>>> = {
  live: {},
  late: { state: 'late' },
  stale: { state: 'stale', at: FIXTURE_NOW - 4_200_000 },
  down: { state: 'down', shown: null },
  off: { ...absent, state: 'off', formula: null, limits: null, inputs: [], sources: [], version: null },
  empty: { ...absent, coveragePct: 31 },
};

export const fixture = defineFixture({
  view: DefinitionCard,
  props: (state) => ({
    definition: { ...known, ...unlike[state] },
    now: FIXTURE_NOW,
    timeZone: 'Asia/Shanghai',
  }),
});
