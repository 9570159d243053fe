import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'here',
  title: title('此处', 'Here'),
  load: () => import('./HerePanel.vue'),
});
