import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import MeasurePanel from './MeasurePanel.vue';

export const panel = definePanel({
  slug: 'measure',
  title: title('量算', 'Measure'),
  component: MeasurePanel,
});
