import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import RiverAxis from './RiverAxis.vue';

export const panel = definePanel({
  slug: 'river-axis',
  title: title('江轴', 'River axis'),
  component: RiverAxis,
});
