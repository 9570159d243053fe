import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'order-board',
  title: title('指令', 'Orders'),
  load: () => import('./OrderBoardPanel.vue'),
});
