import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'trust',
  title: title('数据可信度', 'Trust in the data'),
  load: () => import('./TrustPanel.vue'),
});
