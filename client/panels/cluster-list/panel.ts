import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'cluster-list',
  title: title('线索', 'Clusters'),
  load: () => import('./ClusterListPanel.vue'),
});
