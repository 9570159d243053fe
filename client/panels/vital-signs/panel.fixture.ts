import { FIXTURE_NOW, readingsIn, trendsIn } from '../../stores/indicators.fixture.ts';
import { signRows, signs } from '../../stores/signs.ts';
import { defineFixture } from '../panel.ts';
import SignRows from '../../ui/SignRows.vue';

const slugs = signs.map(({ slug }) => slug);

export const fixture = defineFixture({
  view: SignRows,
  props: (state) => ({
    now: FIXTURE_NOW,
    rows: signRows({
      readings: readingsIn(state, slugs),
      trends: trendsIn(state, slugs),
      waiting: false,
      down: state === 'down',
      now: FIXTURE_NOW,
      locale: 'zh',
    }),
  }),
});
