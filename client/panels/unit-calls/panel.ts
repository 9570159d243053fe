import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'unit-calls',
  title: title('通信', 'Calls'),
  load: () => import('./UnitCallsPanel.vue'),
});
