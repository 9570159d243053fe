import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'water-classes',
  title: title('断面水质', 'Water classes'),
  load: () => import('./WaterClasses.vue'),
});
