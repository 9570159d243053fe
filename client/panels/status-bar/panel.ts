import { title } from '../../../contracts/declare.ts';
import { atOnce, definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'status-bar',
  title: title('状态栏', 'Status bar'),
  load: () => import('./StatusBar.vue'),
  when: atOnce,
});
