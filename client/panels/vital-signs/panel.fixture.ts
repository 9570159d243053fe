import { FIXTURE_NOW, readingsIn, seenIn } from '../../stores/indicators.fixture.ts';
import { signRows, signs } from '../../stores/signs.ts';
import { defineFixture } from '../panel.ts';
import SignRows from './SignRows.vue';

const slugs = signs.map(({ slug }) => slug);

export const fixture = defineFixture({
  view: SignRows,
  props: (state) => ({
    rows: signRows({
      readings: readingsIn(state, slugs),
      seen: seenIn(state, slugs),
      down: state === 'down',
      now: FIXTURE_NOW,
      locale: 'zh',
    }),
  }),
});
