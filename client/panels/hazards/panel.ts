import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'hazards',
  title: title('气体扩散与地灾风险', 'Gas plumes, slopes in the rain'),
  load: () => import('./HazardsPanel.vue'),
});
