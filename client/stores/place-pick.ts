// A place that a form asks for on the map: the next click is it, or the middle of the map by key. One form asks at a time.
import { reactive } from 'vue';
import type { LonLat } from '../../contracts/column.ts';

interface PlacePick {
  /** The next click on the map is the place, and picks no object. */
  asking: boolean;
  /** What the form holds: pinned on the map while it is open. */
  at: LonLat | null;
  /** Raised to take the middle of the map. */
  aimRequest: number;
}

export const placePick = reactive<PlacePick>({ asking: false, at: null, aimRequest: 0 });

export function askPlace(): void {
  placePick.asking = true;
}

export function takePlace(at: LonLat): void {
  if (!placePick.asking) return;
  placePick.at = at;
  placePick.asking = false;
}

/** The form closed, or does not ask any more. */
export function leavePlace(): void {
  placePick.asking = false;
}
