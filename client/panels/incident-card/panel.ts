import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'incident-card',
  title: title('事件处置', 'Incident'),
  load: () => import('./IncidentCardPanel.vue'),
});
