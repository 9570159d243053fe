import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'plan-start',
  title: title('事件的预案', 'Plans of an incident'),
  load: () => import('./PlanStartPanel.vue'),
});
