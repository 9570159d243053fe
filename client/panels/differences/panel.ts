import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import DifferencesPanel from './DifferencesPanel.vue';

export const panel = definePanel({
  slug: 'differences',
  title: title('更正', 'Corrections'),
  component: DifferencesPanel,
});
