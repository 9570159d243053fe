import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import ClusterCardPanel from './ClusterCardPanel.vue';

export const panel = definePanel({
  slug: 'cluster-card',
  title: title('线索研判', 'Judging a cluster'),
  component: ClusterCardPanel,
});
