import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'crisis-figures',
  title: title('灾情与转移', 'Casualties and evacuation'),
  load: () => import('./CrisisFigures.vue'),
});
