import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import BuildingCard from './BuildingCard.vue';

export const panel = definePanel({
  slug: 'building-card',
  title: title('所选建筑', 'Chosen building'),
  component: BuildingCard,
});
