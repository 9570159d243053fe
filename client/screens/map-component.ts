// The globe is a chunk of its own: asked for at once, but never in the way of the first paint. The shapes of the city are asked
// for beside it.
import { defineAsyncComponent, watch } from 'vue';
import { expectPicture } from '../first-picture.ts';
import { basemapOf } from '../map/stage/basemap-source.ts';
import { city } from '../stores/ground.ts';

expectPicture();
const loading = import('../map/stage/MapStage.vue');
watch(city, (found) => found && void basemapOf(found.tilesUrl), { immediate: true });
export const MapStage = defineAsyncComponent(() => loading);
export const MapLegend = defineAsyncComponent(() => import('../map/stage/MapLegend.vue'));
