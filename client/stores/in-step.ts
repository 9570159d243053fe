// Two maps in step: each page tells the other where its camera looks, and looks where the other says.
import { every, localMs, type Stop } from '../clock.ts';
import { mapPort, type CameraPose } from './view.ts';

/** What the two pages of a comparison say to each other. */
export type Word =
  | { readonly say: 'camera'; readonly pose: CameraPose }
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

/** Parts of its height a camera may be off, and radians: far under a pixel. */
const SAME = 1e-5;
const EARTH_M = 6_378_137;

/** The same to less than a pixel. */
export function isSamePose(a: CameraPose | null, b: CameraPose | null): boolean {
  if (!a || !b) return a === b;
  const above = Math.max(100, Math.hypot(a[0], a[1], a[2]) - EARTH_M);
  const metres = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
  const isTurned = [3, 4, 5].some((at) => {
    const off = Math.abs((a[at] ?? 0) - (b[at] ?? 0)) % (2 * Math.PI);
    return Math.min(off, 2 * Math.PI - off) > SAME;
  });
  return metres < above * SAME && !isTurned;
}

/** Keeps the camera of this page in step with the other. Returns what stops it, and what takes the pose of the other. */
export function keepInStep(tell: (word: Word) => void): { stop: Stop; take: (pose: CameraPose) => void } {
  /** What both know. */
  let known: CameraPose | null = null;
  let toldAt = -Infinity;
  const take = (pose: CameraPose): void => {
    mapPort.value?.stand(pose);
    known = mapPort.value?.pose() ?? pose;
    toldAt = localMs();
  };
  const stop = every(LOOK_MS, () => {
    const now = mapPort.value?.pose() ?? null;
    if (!now || isSamePose(now, known)) return;
    known = now;
    if (localMs() - toldAt >= SETTLE_MS) tell({ say: 'camera', pose: now });
  });
  return { stop, take };
}
