import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'help',
  title: title('按键', 'Keys'),
  load: () => import('./HelpPanel.vue'),
});
