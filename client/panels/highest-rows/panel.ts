import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'highest-rows',
  title: title('测点排名', 'Highest values'),
  load: () => import('./HighestRows.vue'),
});
