import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'in-hand',
  title: title('在办事件与任务', 'Incidents and tasks in hand'),
  load: () => import('./InHand.vue'),
});
