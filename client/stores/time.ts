// The city clock as the page shows it. Everything on screen follows it: the page is live.
import { readonly, ref } from 'vue';
import { CityClock, every, type Stop } from '../clock.ts';

const beats = new CityClock();
const shown = ref(0);

/** City clock, epoch ms UTC, changing once a second; 0 before the first beat. */
export const cityNow = readonly(shown);

/** City clock without reactivity, for frames. */
export const readCityNow = (): number => beats.now();
export const clockOffsetMs = (): number => beats.offsetMs;

export function applyBeat(at: number, receivedAt: number): void {
  beats.beat(at, receivedAt);
  if (shown.value === 0) shown.value = beats.now();
}

export function startTime(): Stop {
  return every(1000, () => {
    if (shown.value !== 0) shown.value = beats.now();
  });
}
