import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'play-caption',
  title: title('字幕', 'Caption'),
  load: () => import('./CaptionBand.vue'),
});
