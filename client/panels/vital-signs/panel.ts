import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'vital-signs',
  title: title('城市体征', 'Vital signs'),
  load: () => import('./VitalSigns.vue'),
});
