import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import IndicatorList from './IndicatorList.vue';

export const panel = definePanel({
  slug: 'indicator-list',
  title: title('指标', 'Indicators'),
  component: IndicatorList,
});
