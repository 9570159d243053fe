import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'feed-list',
  title: title('接入', 'Feeds'),
  load: () => import('./FeedList.vue'),
});
