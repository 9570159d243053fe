import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'river-axis',
  title: title('江轴', 'River axis'),
  load: () => import('./RiverAxis.vue'),
});
