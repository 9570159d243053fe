import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'ticket-categories',
  title: title('诉求分类', 'Tickets by category'),
  load: () => import('./TicketCategories.vue'),
});
