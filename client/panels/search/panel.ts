import { defineAsyncComponent } from 'vue';
import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'search',
  title: title('查找', 'Search'),
  component: defineAsyncComponent(() => import('./SearchPanel.vue')),
});
