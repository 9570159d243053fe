import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'row-list',
  title: title('列表', 'List'),
  load: () => import('./RowList.vue'),
});
