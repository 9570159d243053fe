import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'duty',
  title: title('值班', 'Duty'),
  load: () => import('./DutyPanel.vue'),
});
