import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';

export const panel = definePanel({
  slug: 'road-events',
  title: title('道路事件', 'Road events'),
  load: () => import('./RoadEvents.vue'),
});
