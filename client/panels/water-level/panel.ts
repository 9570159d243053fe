import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'water-level',
  title: title('水情', 'Water'),
  load: () => import('./WaterLevel.vue'),
});
