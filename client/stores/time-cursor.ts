// The moments charts and links point at: every chart on the screen, and the map, look at the same one.
import { ref } from 'vue';

/** City clock, epoch ms; null while nothing is pointed at. */
export const hoverAt = ref<number | null>(null);

/** The moment a link asks for, epoch ms of the city clock; null: now. */
export const askedMoment = ref<number | null>(null);
