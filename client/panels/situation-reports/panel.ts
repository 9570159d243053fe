import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import SituationReportsPanel from './SituationReportsPanel.vue';

export const panel = definePanel({
  slug: 'situation-reports',
  title: title('情况报告', 'Situation reports'),
  component: SituationReportsPanel,
});
