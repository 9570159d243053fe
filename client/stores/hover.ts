// Where the pointer rests on the map, for what is shown beside it.
import { shallowRef } from 'vue';

/** CSS pixels from the left top of the map; null beside it. */
export const hoverAt = shallowRef<{ readonly x: number; readonly y: number } | null>(null);

/** How many rows the group under the pointer holds; null over no group. */
export const hoverGroup = shallowRef<{ readonly layer: string; readonly count: number } | null>(null);
