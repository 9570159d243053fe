import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import ChapterList from './ChapterList.vue';

export const panel = definePanel({
  slug: 'play-chapters',
  title: title('章节', 'Chapters'),
  component: ChapterList,
});
