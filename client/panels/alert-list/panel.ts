import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'alert-list',
  title: title('告警', 'Alerts'),
  load: () => import('./AlertList.vue'),
});
