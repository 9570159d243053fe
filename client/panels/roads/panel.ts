import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import RoadsPanel from './RoadsPanel.vue';

export const panel = definePanel({
  slug: 'roads',
  title: title('断路与孤岛', 'Closed roads, isolated towns'),
  component: RoadsPanel,
});
