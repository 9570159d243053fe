// Two maps in step: each page tells the other where its camera looks, and looks where the other says.
import { every, localMs, type Stop } from '../clock.ts';
import { mapPort, type CameraView } from './view.ts';

/** What the two pages of a comparison say to each other. */
export type Word =
  | { readonly say: 'camera'; readonly view: CameraView }
  /** Which moment the other half shall show, epoch ms; null: now. */
  | { readonly say: 'moment'; readonly at: number | null }
  /** Where the half stands: its cursor, and whether it is there. */
  | { readonly say: 'half'; readonly at: number | null; readonly isWaiting: boolean }
  /** The layers the other half shall show. */
  | { readonly say: 'layers'; readonly shown: readonly string[] }
  /** The comparison is over. */
  | { readonly say: 'leave' };

/** Each page has at most this many looks at its camera in a second: as smooth as a hand needs. */
const LOOK_MS = 33;

/** A page that was told where to look settles this long, milliseconds: its ground and relief follow the next frames. */
const SETTLE_MS = 400;

/** The same to about a pixel: what a jump and reading it back may differ by. */
export function isSameView(a: CameraView | null, b: CameraView | null): boolean {
  if (!a || !b) return a === b;
  const far = a.rangeM * 0.001;
  const metres = Math.hypot((a.at[0] - b.at[0]) * 94_000, (a.at[1] - b.at[1]) * 111_000);
  const turn = Math.abs(((a.headingDeg - b.headingDeg + 540) % 360) - 180);
  return (
    metres < far &&
    Math.abs(a.rangeM - b.rangeM) < far &&
    turn < 0.1 &&
    Math.abs(a.pitchDeg - b.pitchDeg) < 0.1
  );
}

/** Keeps the camera of this page in step with the other. Returns what stops it, and what takes a view of the other. */
export function keepInStep(tell: (word: Word) => void): { stop: Stop; take: (view: CameraView) => void } {
  /** What both know. */
  let known: CameraView | null = null;
  let toldAt = -Infinity;
  const take = (view: CameraView): void => {
    mapPort.value?.jump(view);
    known = mapPort.value?.camera() ?? view;
    toldAt = localMs();
  };
  const stop = every(LOOK_MS, () => {
    const now = mapPort.value?.camera() ?? null;
    if (!now || isSameView(now, known)) return;
    known = now;
    if (localMs() - toldAt >= SETTLE_MS) tell({ say: 'camera', view: now });
  });
  return { stop, take };
}
