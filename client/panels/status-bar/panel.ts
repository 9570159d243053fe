import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import StatusBar from './StatusBar.vue';

export const panel = definePanel({
  slug: 'status-bar',
  title: title('状态栏', 'Status bar'),
  component: StatusBar,
});
