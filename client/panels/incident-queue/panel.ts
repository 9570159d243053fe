import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import IncidentQueuePanel from './IncidentQueuePanel.vue';

export const panel = definePanel({
  slug: 'incident-queue',
  title: title('事件', 'Incidents'),
  component: IncidentQueuePanel,
});
