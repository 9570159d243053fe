import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'county-ranking',
  title: title('区县排名', 'County ranking'),
  load: () => import('./CountyRanking.vue'),
});
