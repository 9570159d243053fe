import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'play-transport',
  title: title('播放控制', 'Playback controls'),
  load: () => import('./PlayTransport.vue'),
});
