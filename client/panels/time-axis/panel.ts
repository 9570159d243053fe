import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import TimeAxis from './TimeAxis.vue';

export const panel = definePanel({
  slug: 'time-axis',
  title: title('时间轴', 'Time axis'),
  component: TimeAxis,
});
