import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import HeadquartersPanel from './HeadquartersPanel.vue';

export const panel = definePanel({
  slug: 'headquarters',
  title: title('指挥部与点名', 'Headquarters and roll-calls'),
  component: HeadquartersPanel,
});
