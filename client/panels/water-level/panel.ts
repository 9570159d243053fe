import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import WaterLevel from './WaterLevel.vue';

export const panel = definePanel({
  slug: 'water-level',
  title: title('水情', 'Water'),
  component: WaterLevel,
});
