import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import DutyPanel from './DutyPanel.vue';

export const panel = definePanel({
  slug: 'duty',
  title: title('值班', 'Duty'),
  component: DutyPanel,
});
