import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import OrderBoardPanel from './OrderBoardPanel.vue';

export const panel = definePanel({
  slug: 'order-board',
  title: title('指令', 'Orders'),
  component: OrderBoardPanel,
});
