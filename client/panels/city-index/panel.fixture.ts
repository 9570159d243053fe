import { signRow } from '../../stores/signs.ts';
import { FIXTURE_NOW, readingsIn, trendsIn } from '../../stores/indicators.fixture.ts';
import { title } from '../../../contracts/declare.ts';
import { defineFixture } from '../panel.ts';
import IndexTile from './IndexTile.vue';

const index = { slug: 'city-operation-index', title: title('城市运行指数', 'City operation index') };

export const fixture = defineFixture({
  view: IndexTile,
  props: (state) => {
    const readings = readingsIn(state, [index.slug]);
    const row = signRow(index, {
      readings,
      trends: trendsIn(state, [index.slug]),
      waiting: false,
      down: state === 'down',
      now: FIXTURE_NOW,
      locale: 'zh',
    });
    return { row, now: FIXTURE_NOW, coveragePct: readings.get(index.slug)?.coveragePct ?? null };
  },
});
