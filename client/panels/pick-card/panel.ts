import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'pick-card',
  title: title('所选对象', 'Selection'),
  load: () => import('./PickCard.vue'),
});
