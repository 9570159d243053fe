// The city's own facts and its relief, loaded once: what the map stands on.
import { shallowRef } from 'vue';
import type { HeightGrid } from '../shapes.ts';
import type { City } from './city.ts';

export const city = shallowRef<City | null>(null);
/** Why the city is not there yet, in words; null while loading or loaded. */
export const cityFailure = shallowRef<string | null>(null);
export const heightGrid = shallowRef<HeightGrid | null>(null);
