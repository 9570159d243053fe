import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'evacuation',
  title: title('转移进度', 'Evacuation'),
  load: () => import('./EvacuationPanel.vue'),
});
