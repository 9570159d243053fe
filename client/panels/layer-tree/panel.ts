import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import LayerTree from './LayerTree.vue';

export const panel = definePanel({
  slug: 'layer-tree',
  title: title('图层', 'Layers'),
  component: LayerTree,
});
