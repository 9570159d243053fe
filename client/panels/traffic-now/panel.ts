import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'traffic-now',
  title: title('交通', 'Traffic'),
  load: () => import('./TrafficNow.vue'),
});
