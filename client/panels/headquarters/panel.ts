import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'headquarters',
  title: title('指挥部与点名', 'Headquarters and roll-calls'),
  load: () => import('./HeadquartersPanel.vue'),
});
