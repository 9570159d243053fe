import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import IncidentReportPanel from './IncidentReportPanel.vue';

export const panel = definePanel({
  slug: 'incident-report',
  title: title('接报', 'Report an incident'),
  component: IncidentReportPanel,
});
