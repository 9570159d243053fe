import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import WarningCards from './WarningCards.vue';

export const panel = definePanel({
  slug: 'warning-cards',
  title: title('生效预警', 'Warnings in force'),
  component: WarningCards,
});
