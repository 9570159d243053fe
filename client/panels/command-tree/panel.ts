import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'command-tree',
  title: title('指挥体系', 'Command tree'),
  load: () => import('./CommandTree.vue'),
});
