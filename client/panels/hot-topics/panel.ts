import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import HotTopics from './HotTopics.vue';

export const panel = definePanel({
  slug: 'hot-topics',
  title: title('热点话题', 'Hot topics'),
  component: HotTopics,
});
