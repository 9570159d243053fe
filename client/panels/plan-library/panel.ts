import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import PlanLibraryPanel from './PlanLibraryPanel.vue';

export const panel = definePanel({
  slug: 'plan-library',
  title: title('预案库', 'Plans'),
  component: PlanLibraryPanel,
});
