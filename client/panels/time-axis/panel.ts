import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'time-axis',
  title: title('时间轴', 'Time axis'),
  load: () => import('./TimeAxis.vue'),
});
