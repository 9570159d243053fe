import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'situation-reports',
  title: title('情况报告', 'Situation reports'),
  load: () => import('./SituationReportsPanel.vue'),
});
