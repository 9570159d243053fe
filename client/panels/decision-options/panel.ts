import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import DecisionOptionsPanel from './DecisionOptionsPanel.vue';

export const panel = definePanel({
  slug: 'decision-options',
  title: title('备选方案', 'Options'),
  component: DecisionOptionsPanel,
});
