import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'hot-topics',
  title: title('热点话题', 'Hot topics'),
  load: () => import('./HotTopics.vue'),
});
