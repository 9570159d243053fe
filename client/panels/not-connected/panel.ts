import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import NotConnected from './NotConnected.vue';

export const panel = definePanel({
  slug: 'not-connected',
  title: title('未接入', 'Not connected'),
  component: NotConnected,
});
