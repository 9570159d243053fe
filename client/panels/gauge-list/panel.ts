import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import GaugeList from './GaugeList.vue';

export const panel = definePanel({
  slug: 'gauge-list',
  title: title('河道水位', 'River gauges'),
  component: GaugeList,
});
