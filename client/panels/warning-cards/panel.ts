import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'warning-cards',
  title: title('需关注', 'Needs attention'),
  load: () => import('./WarningCards.vue'),
});
