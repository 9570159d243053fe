import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import EvacuationPanel from './EvacuationPanel.vue';

export const panel = definePanel({
  slug: 'evacuation',
  title: title('转移进度', 'Evacuation'),
  component: EvacuationPanel,
});
