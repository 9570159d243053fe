// What every drawing of the map shares in one frame: where the plane of the city lies, how big things are, what time it is.
import type { Matrix4 } from 'cesium';
import type { HeightField } from '../geo/height-field.ts';
import type { LocalFrame } from '../geo/enu.ts';
import type { Theme } from './theme.ts';

export interface StageState {
  readonly frame: LocalFrame;
  /** From metres east, north, up of the origin to the globe. */
  readonly frameMatrix: Matrix4;
  heights: HeightField;
  theme: Theme;
  /** Times the relief is raised; 1.0 close to the ground. */
  exaggeration: number;
  /** Seen straight from above, without relief. */
  flat: boolean;
  /** Camera height above the ground, metres. */
  heightM: number;
  /** Metres one pixel of the canvas covers at the centre of the picture. */
  metresPerPixel: number;
  /** Pixels of the canvas one picture pixel at 1080 lines is: 2 on a 2160 line wall. */
  pixelScale: number;
  /** Local clock in seconds, for what is done now and then. */
  nowS: number;
  /** Seconds of the clock that legs run by: it stands still with the time cursor. */
  legS: number;
  /** City clock in seconds, for ages. */
  citySeconds: number;
  viewport: { width: number; height: number };
}

/** Camera heights between which things take the colour they have close up, metres. */
const NEAR_M = 9000;
const FAR_M = 45_000;

/** 0 from afar, 1 close up. */
export function nearness({ heightM }: Pick<StageState, 'heightM'>): number {
  const t = Math.min(Math.max((FAR_M - heightM) / (FAR_M - NEAR_M), 0), 1);
  return t * t * (3 - 2 * t);
}
