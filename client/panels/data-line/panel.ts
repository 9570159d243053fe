import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'data-line',
  title: title('数据', 'Data'),
  load: () => import('./DataLine.vue'),
});
