import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import TrendChart from './TrendChart.vue';

export const panel = definePanel({
  slug: 'trend-chart',
  title: title('过程线', 'Trend'),
  component: TrendChart,
});
