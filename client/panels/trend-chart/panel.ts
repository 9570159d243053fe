import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'trend-chart',
  title: title('过程线', 'Trend'),
  load: () => import('./TrendChart.vue'),
});
