import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'open-cases',
  title: title('警情与工单', 'Calls and tickets'),
  load: () => import('./OpenCases.vue'),
});
