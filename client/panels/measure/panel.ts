import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'measure',
  title: title('量算', 'Measure'),
  load: () => import('./MeasurePanel.vue'),
});
