import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'city-index',
  title: title('城市运行指数', 'City operation index'),
  load: () => import('./CityIndex.vue'),
});
