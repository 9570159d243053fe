import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'mode-switch',
  title: title('平战切换', 'Peacetime and crisis'),
  load: () => import('./ModeSwitch.vue'),
});
