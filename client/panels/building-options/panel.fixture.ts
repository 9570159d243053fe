import { title } from '../../../contracts/declare.ts';
import { defineFixture } from '../panel.ts';
import BuildingChoices from './BuildingChoices.vue';

const all = { shown: true, counts: null, colour: null, filter: null };
const still = title('建筑是静态图层，没有来源', 'Buildings are a static layer: no feed is behind them');

export const fixture = defineFixture({
  view: BuildingChoices,
  props: (state) => (state === 'empty' ? { ...all, shown: false } : all),
  never: { late: still, stale: still, down: still, off: still },
  more: { filtered: () => ({ ...all, colour: 'floors', filter: { floors: [7, 33] } }) },
});
