import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import IncidentCardPanel from './IncidentCardPanel.vue';

export const panel = definePanel({
  slug: 'incident-card',
  title: title('事件处置', 'Incident'),
  component: IncidentCardPanel,
});
