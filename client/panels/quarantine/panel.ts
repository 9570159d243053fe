import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'quarantine',
  title: title('拒收记录', 'Quarantine'),
  load: () => import('./QuarantinePanel.vue'),
});
