import { FIXTURE_NOW, readingsIn } from '../../stores/indicators.fixture.ts';
import { signRows, signs } from '../../stores/signs.ts';
import { defineFixture } from '../panel.ts';
import ShapeRow from './ShapeRow.vue';

const slugs = signs.map(({ slug }) => slug);
const rowsIn = (state: string, known = slugs) => ({
  rows: signRows({
    readings: readingsIn(state, known),
    trends: new Map(),
    down: state === 'down',
    waiting: false,
    now: FIXTURE_NOW,
    locale: 'zh',
  }),
});

export const fixture = defineFixture({
  view: ShapeRow,
  props: (state) => rowsIn(state),
  more: { partial: () => rowsIn('live', slugs.slice(0, 5)), waiting: () => rowsIn('waiting') },
});
