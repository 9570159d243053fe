import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import RuleTrialPanel from './RuleTrialPanel.vue';

export const panel = definePanel({
  slug: 'rule-trial',
  title: title('告警规则', 'Alert rules'),
  component: RuleTrialPanel,
});
