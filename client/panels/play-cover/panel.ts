import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'play-cover',
  title: title('播放状态', 'State of a playback'),
  load: () => import('./PlayCover.vue'),
});
