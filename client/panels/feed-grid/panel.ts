import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'feed-grid',
  title: title('数据来源', 'Data sources'),
  load: () => import('./FeedGrid.vue'),
});
