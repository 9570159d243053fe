import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'definition',
  title: title('口径', 'Definition'),
  load: () => import('./DefinitionPanel.vue'),
});
