import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import BuildingOptions from './BuildingOptions.vue';

export const panel = definePanel({
  slug: 'building-options',
  title: title('建筑', 'Buildings'),
  component: BuildingOptions,
});
