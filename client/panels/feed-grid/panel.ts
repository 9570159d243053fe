import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import FeedGrid from './FeedGrid.vue';

export const panel = definePanel({
  slug: 'feed-grid',
  title: title('数据来源', 'Data sources'),
  component: FeedGrid,
});
