import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import TrustPanel from './TrustPanel.vue';

export const panel = definePanel({
  slug: 'trust',
  title: title('数据可信度', 'Trust in the data'),
  component: TrustPanel,
});
