// When the first picture of the map is there: large scripts that are not part of it wait for that.
import { after } from './clock.ts';

/** A map that does not come holds nothing else up for longer, ms. */
const PATIENCE_MS = 8000;

let drawn: (() => void) | null = null;
let waiting: Promise<void> = Promise.resolve();

/** This page will have a map. Saying so again changes nothing. */
export function expectPicture(): void {
  if (drawn) return;
  waiting = new Promise((resolve) => {
    drawn = resolve;
    after(PATIENCE_MS, resolve);
  });
}

/** The map is drawn, or will not be. */
export const notePicture = (): void => drawn?.();

/** At once on pages without a map. */
export const firstPicture = (): Promise<void> => waiting;
