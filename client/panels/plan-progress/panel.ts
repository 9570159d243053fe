import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'plan-progress',
  title: title('预案执行', 'Progress of plans'),
  load: () => import('./PlanProgressPanel.vue'),
});
