// The moment people point at in a chart: every chart on the screen, and the map, look at the same one.
import { ref } from 'vue';

/** City clock, epoch ms; null while nothing is pointed at. */
export const hoverAt = ref<number | null>(null);
