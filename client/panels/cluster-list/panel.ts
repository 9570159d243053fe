import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import ClusterListPanel from './ClusterListPanel.vue';

export const panel = definePanel({
  slug: 'cluster-list',
  title: title('线索', 'Clusters'),
  component: ClusterListPanel,
});
