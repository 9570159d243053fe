// Whether the relief stands between the camera and a place: a walk along the line of sight over the height raster.
import { EARTH_RADIUS_M } from './enu.ts';

export interface SightPoint {
  readonly lon: number;
  readonly lat: number;
  /** Metres above the ellipsoid, as drawn: raised relief is raised here too. */
  readonly heightM: number;
}

export interface SightGround {
  readonly heights: { at(lon: number, lat: number): number };
  readonly exaggeration: number;
  /** The raster is coarser than the relief on the screen: this much is forgiven, metres. */
  readonly slackM: number;
}

const STEPS = 40;
const DEGREE_M = 111_320;

export function hiddenByRelief(
  from: SightPoint,
  to: SightPoint,
  { heights, exaggeration, slackM }: SightGround,
): boolean {
  const dLon = to.lon - from.lon;
  const dLat = to.lat - from.lat;
  const far = Math.hypot(dLon * Math.cos((to.lat * Math.PI) / 180), dLat) * DEGREE_M;
  for (let step = 1; step < STEPS; step++) {
    // Denser towards the place, where a ridge just before it hides most.
    const t = 1 - (1 - step / STEPS) ** 2;
    const sight =
      from.heightM + (to.heightM - from.heightM) * t - (t * (1 - t) * far * far) / (2 * EARTH_RADIUS_M);
    const ground = heights.at(from.lon + dLon * t, from.lat + dLat * t) * exaggeration;
    if (ground > sight + slackM) return true;
  }
  return false;
}
