import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'indicator-list',
  title: title('指标', 'Indicators'),
  load: () => import('./IndicatorList.vue'),
});
