import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import VitalSigns from './VitalSigns.vue';

export const panel = definePanel({
  slug: 'vital-signs',
  title: title('城市体征', 'Vital signs'),
  component: VitalSigns,
});
