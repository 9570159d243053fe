import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'building-card',
  title: title('所选建筑', 'Chosen building'),
  load: () => import('./BuildingCard.vue'),
});
