import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'plan-library',
  title: title('预案库', 'Plans'),
  load: () => import('./PlanLibraryPanel.vue'),
});
