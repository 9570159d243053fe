import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import HighestRows from './HighestRows.vue';

export const panel = definePanel({
  slug: 'highest-rows',
  title: title('测点排名', 'Highest values'),
  component: HighestRows,
});
