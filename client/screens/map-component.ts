// The globe is a chunk of its own: asked for at once, but never in the way of the first paint.
import { defineAsyncComponent } from 'vue';
import { expectPicture } from '../first-picture.ts';

expectPicture();
const loading = import('../map/stage/MapStage.vue');
export const MapStage = defineAsyncComponent(() => loading);
export const MapLegend = defineAsyncComponent(() => import('../map/stage/MapLegend.vue'));
