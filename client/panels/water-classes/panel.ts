import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import WaterClasses from './WaterClasses.vue';

export const panel = definePanel({
  slug: 'water-classes',
  title: title('断面水质', 'Water classes'),
  component: WaterClasses,
});
