import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'building-options',
  title: title('建筑', 'Buildings'),
  load: () => import('./BuildingOptions.vue'),
});
