// What people want of the time cursor; the link takes it to the worker. And what there is of the past to go to.
import { shallowRef } from 'vue';
import type { CursorWish } from './cursor.ts';
import { cursor, isPast, readCityNow } from './time.ts';

/** The wish made last: each is a new object. */
export const cursorWish = shallowRef<CursorWish | null>(null);

let made = 0;
/** How many wishes were made: the cursor says how many of them it has taken. */
export const wishesMade = (): number => made;

function wish(now: CursorWish): void {
  made += 1;
  cursorWish.value = now;
}

export const seekTo = (at: number): void => wish({ do: 'seek', at });
export const stepBy = (byMs: number): void => wish({ do: 'step', byMs });
export const loopOver = (range: readonly [from: number, to: number] | null): void =>
  wish({ do: 'loop', range });
export const setSpeed = (speed: number): void => wish({ do: 'speed', speed });
export const changeSpeed = (by: 1 | -1): void => wish({ do: 'hurry', by });

/** The rows that were known at the moment, or those that were true. */
export const toggleClock = (): void =>
  wish({ do: 'clock', clock: cursor.value.clock === 'known' ? 'true' : 'known' });

export function goLive(): void {
  loopFrom.value = null;
  if (isPast.value) wish({ do: 'live' });
}

/** Stands still where it is, or goes on; live, it stands still from now on. */
export const togglePlay = (): void => wish({ do: cursor.value.state === 'paused' ? 'play' : 'pause' });

/** Where a stretch to be repeated begins, until its end is said too. */
export const loopFrom = shallowRef<number | null>(null);

/** First says where the stretch begins, then where it ends, then that it is over. */
export function markLoop(): void {
  const at = readCityNow();
  if (cursor.value.loop) loopOver(null);
  else if (loopFrom.value === null) {
    loopFrom.value = at;
    return;
  } else if (loopFrom.value !== at) {
    loopOver([Math.min(at, loopFrom.value), Math.max(at, loopFrom.value)]);
  }
  loopFrom.value = null;
}
