import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'decision-options',
  title: title('备选方案', 'Options'),
  load: () => import('./DecisionOptionsPanel.vue'),
});
