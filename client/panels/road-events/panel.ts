import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import RoadEvents from './RoadEvents.vue';

export const panel = definePanel({
  slug: 'road-events',
  title: title('道路事件', 'Road events'),
  component: RoadEvents,
});
