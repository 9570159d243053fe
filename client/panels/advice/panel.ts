import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import AdvicePanel from './AdvicePanel.vue';

export const panel = definePanel({
  slug: 'advice',
  title: title('推演方案', 'Computed options'),
  component: AdvicePanel,
});
