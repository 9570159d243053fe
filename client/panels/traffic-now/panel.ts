import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import TrafficNow from './TrafficNow.vue';

export const panel = definePanel({
  slug: 'traffic-now',
  title: title('交通', 'Traffic'),
  component: TrafficNow,
});
