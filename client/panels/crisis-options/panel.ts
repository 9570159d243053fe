import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'crisis-options',
  title: title('处置建议', 'What the plans recommend'),
  load: () => import('./CrisisOptions.vue'),
});
