import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import PickCard from './PickCard.vue';

export const panel = definePanel({
  slug: 'pick-card',
  title: title('所选对象', 'Selection'),
  component: PickCard,
});
