import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'gauge-list',
  title: title('河道水位', 'River gauges'),
  load: () => import('./GaugeList.vue'),
});
