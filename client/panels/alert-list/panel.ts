import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import AlertList from './AlertList.vue';

export const panel = definePanel({
  slug: 'alert-list',
  title: title('告警', 'Alerts'),
  component: AlertList,
});
