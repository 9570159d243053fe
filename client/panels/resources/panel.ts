import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'resources',
  title: title('应急资源', 'Resources'),
  load: () => import('./ResourcesPanel.vue'),
});
