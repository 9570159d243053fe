// How long relief loads in each frame. Cesium takes 5 ms, whatever a frame lasts: at two frames a second a view that
// needs 300 tiles would be coarse for minutes. Here it takes a share of the time since the frame before.
import type { Scene } from 'cesium';
import { localMs } from '../../clock.ts';

const SHARE = 0.4;
/** As Cesium does by itself; a page that is fast stays so. */
const LEAST_MS = 5;
const MOST_MS = 200;

/** Not in the typings. */
interface Surface {
  readonly _surface?: { _loadQueueTimeSlice: number };
}

/** @param passedMs since the frame before @returns how long relief may load in this one, milliseconds */
export const loadingMs = (passedMs: number): number =>
  Math.min(MOST_MS, Math.max(LEAST_MS, passedMs * SHARE));

/** @returns how to stop it */
export function shareFrames(scene: Scene): () => void {
  let before = localMs();
  return scene.preUpdate.addEventListener(() => {
    const now = localMs();
    const surface = (scene.globe as Surface)._surface;
    if (surface) surface._loadQueueTimeSlice = loadingMs(now - before);
    before = now;
  });
}
