import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import DefinitionPanel from './DefinitionPanel.vue';

export const panel = definePanel({
  slug: 'definition',
  title: title('口径', 'Definition'),
  component: DefinitionPanel,
});
