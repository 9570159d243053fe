import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'not-connected',
  title: title('未接入', 'Not connected'),
  load: () => import('./NotConnected.vue'),
});
