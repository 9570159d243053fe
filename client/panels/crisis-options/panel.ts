import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import CrisisOptions from './CrisisOptions.vue';

export const panel = definePanel({
  slug: 'crisis-options',
  title: title('处置建议', 'What the plans recommend'),
  component: CrisisOptions,
});
