import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'incident-queue',
  title: title('事件', 'Incidents'),
  load: () => import('./IncidentQueuePanel.vue'),
});
