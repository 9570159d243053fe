import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import ModeSwitch from './ModeSwitch.vue';

export const panel = definePanel({
  slug: 'mode-switch',
  title: title('平战切换', 'Peacetime and crisis'),
  component: ModeSwitch,
});
