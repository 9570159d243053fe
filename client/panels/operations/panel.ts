import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'operations',
  title: title('人工干预', 'Operations by hand'),
  load: () => import('./OperationsPanel.vue'),
});
