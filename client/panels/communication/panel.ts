import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import CommunicationPanel from './CommunicationPanel.vue';

export const panel = definePanel({
  slug: 'communication',
  title: title('通信', 'Communication'),
  component: CommunicationPanel,
});
