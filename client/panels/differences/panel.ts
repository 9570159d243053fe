import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'differences',
  title: title('更正', 'Corrections'),
  load: () => import('./DifferencesPanel.vue'),
});
