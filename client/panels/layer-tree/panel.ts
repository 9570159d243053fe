import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'layer-tree',
  title: title('图层', 'Layers'),
  load: () => import('./LayerTree.vue'),
});
