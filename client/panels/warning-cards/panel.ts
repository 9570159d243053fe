import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import WarningCards from './WarningCards.vue';

export const panel = definePanel({
  slug: 'warning-cards',
  title: title('需关注', 'Needs attention'),
  component: WarningCards,
});
