import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'county-league',
  title: title('区县办件排名', 'How counties handle their incidents'),
  load: () => import('./CountyLeague.vue'),
});
