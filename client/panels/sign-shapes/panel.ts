import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'sign-shapes',
  title: title('城市体征', 'Vital signs'),
  load: () => import('./SignShapes.vue'),
});
