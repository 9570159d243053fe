import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'roads',
  title: title('断路与孤岛', 'Closed roads, isolated towns'),
  load: () => import('./RoadsPanel.vue'),
});
