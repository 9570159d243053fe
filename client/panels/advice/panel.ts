import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'advice',
  title: title('推演方案', 'Computed options'),
  load: () => import('./AdvicePanel.vue'),
});
