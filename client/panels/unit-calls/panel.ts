import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import UnitCallsPanel from './UnitCallsPanel.vue';

export const panel = definePanel({
  slug: 'unit-calls',
  title: title('通信', 'Calls'),
  component: UnitCallsPanel,
});
