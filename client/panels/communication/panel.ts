import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'communication',
  title: title('通信', 'Communication'),
  load: () => import('./CommunicationPanel.vue'),
});
