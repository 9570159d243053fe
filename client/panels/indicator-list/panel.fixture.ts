import { title } from '../../../contracts/declare.ts';
import type { IndicatorFacts } from '../../stores/indicator-facts.ts';
import { FIXTURE_NOW, readingsIn, trendsIn } from '../../stores/indicators.fixture.ts';
import { defineFixture } from '../panel.ts';
import IndicatorRows from './IndicatorRows.vue';
import { indicatorRows } from './indicators.ts';

const names = {
  tpi: title('交通运行指数', 'Traffic index'),
  'bus-punctual': title('公交准点率', 'Buses on time'),
  'level-margin': title('距警戒水位（最小）', 'Smallest margin'),
};
const units: Readonly<Record<string, string>> = { 'bus-punctual': '%', 'level-margin': 'm' };
const slugs = Object.keys(names);
const facts = new Map(
  Object.entries(names).map(([slug, name]): [string, IndicatorFacts] => [
    slug,
    {
      slug,
      title: name,
      unit: title(units[slug] ?? ' ', units[slug] ?? ' '),
      version: 1,
      direction: 'up',
      limits: [],
      periodS: 60,
      inputs: [],
      systems: [],
      formula: null,
    },
  ]),
);
const propsIn = (state: string, known = slugs) => ({
  heading: '运行指标',
  now: FIXTURE_NOW,
  rows: indicatorRows(slugs, facts, {
    readings: readingsIn(state, known),
    trends: trendsIn(state, known),
    down: state === 'down',
    waiting: false,
    now: FIXTURE_NOW,
    locale: 'zh',
  }),
});

export const fixture = defineFixture({
  view: IndicatorRows,
  props: (state) => propsIn(state),
  more: { partial: () => propsIn('live', slugs.slice(0, 2)), waiting: () => propsIn('waiting') },
});
