import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'incident-report',
  title: title('接报', 'Report an incident'),
  load: () => import('./IncidentReportPanel.vue'),
});
