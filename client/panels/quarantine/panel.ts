import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import QuarantinePanel from './QuarantinePanel.vue';

export const panel = definePanel({
  slug: 'quarantine',
  title: title('拒收记录', 'Quarantine'),
  component: QuarantinePanel,
});
