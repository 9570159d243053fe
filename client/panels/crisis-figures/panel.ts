import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import CrisisFigures from './CrisisFigures.vue';

export const panel = definePanel({
  slug: 'crisis-figures',
  title: title('灾情与转移', 'Casualties and evacuation'),
  component: CrisisFigures,
});
