import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import PlayTransport from './PlayTransport.vue';

export const panel = definePanel({
  slug: 'play-transport',
  title: title('播放控制', 'Playback controls'),
  component: PlayTransport,
});
