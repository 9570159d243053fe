import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import OutboxPanel from './OutboxPanel.vue';

export const panel = definePanel({
  slug: 'outbox',
  title: title('发件', 'Outbox'),
  component: OutboxPanel,
});
