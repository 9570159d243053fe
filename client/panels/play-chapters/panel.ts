import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'play-chapters',
  title: title('章节', 'Chapters'),
  load: () => import('./ChapterList.vue'),
});
