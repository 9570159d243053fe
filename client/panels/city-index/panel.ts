import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import CityIndex from './CityIndex.vue';

export const panel = definePanel({
  slug: 'city-index',
  title: title('城市运行指数', 'City operation index'),
  component: CityIndex,
});
