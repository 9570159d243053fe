import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import CaptionBand from './CaptionBand.vue';

export const panel = definePanel({
  slug: 'play-caption',
  title: title('字幕', 'Caption'),
  component: CaptionBand,
});
