import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'cluster-card',
  title: title('线索研判', 'Judging a cluster'),
  load: () => import('./ClusterCardPanel.vue'),
});
