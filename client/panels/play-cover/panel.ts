import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import PlayCover from './PlayCover.vue';

export const panel = definePanel({
  slug: 'play-cover',
  title: title('播放状态', 'State of a playback'),
  component: PlayCover,
});
