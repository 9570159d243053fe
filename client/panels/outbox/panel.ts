import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'outbox',
  title: title('发件', 'Outbox'),
  load: () => import('./OutboxPanel.vue'),
});
