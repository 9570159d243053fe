import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'rule-trial',
  title: title('告警规则', 'Alert rules'),
  load: () => import('./RuleTrialPanel.vue'),
});
