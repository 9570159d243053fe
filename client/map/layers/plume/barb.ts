// A wind barb on the ground: a staff towards where the wind comes from, with a full feather for 4 m/s and half a one for 2.
import type { LonLat } from '../../../../contracts/column.ts';

const RAD = Math.PI / 180;
const METRES_PER_DEGREE = 111_195;
/** Of the staff and of a full feather, m on the ground. */
const STAFF_M = 260;
const FEATHER_M = 90;
const STEP_M = 36;
const FULL_MS = 4;
const MOST_FEATHERS = 6;

/** Lines of the barb; the staff alone below 1 m/s. @param fromDeg where the wind comes from */
export function barbOf(at: LonLat, fromDeg: number, windMs: number): LonLat[][] {
  const place = (along: number, aside: number): LonLat => {
    const [sin, cos] = [Math.sin(fromDeg * RAD), Math.cos(fromDeg * RAD)];
    const east = along * sin + aside * cos;
    const north = along * cos - aside * sin;
    return [at[0] + east / (METRES_PER_DEGREE * Math.cos(at[1] * RAD)), at[1] + north / METRES_PER_DEGREE];
  };
  const halves = Math.min(MOST_FEATHERS * 2, Math.round((windMs / FULL_MS) * 2));
  const feathers: LonLat[][] = [];
  for (let i = 0, left = halves; left > 0; i++, left -= 2) {
    const along = STAFF_M - i * STEP_M;
    const long = left >= 2 ? FEATHER_M : FEATHER_M / 2;
    feathers.push([place(along, 0), place(along + long * 0.35, long)]);
  }
  return [[at, place(STAFF_M, 0)], ...feathers];
}

/** The corner of a ring that is farthest from a place; null where it has none. */
export function farthest(ring: readonly LonLat[], [lon, lat]: LonLat): LonLat | null {
  let best: LonLat | null = null;
  let most = -1;
  for (const corner of ring) {
    const away = ((corner[0] - lon) * Math.cos(lat * RAD)) ** 2 + (corner[1] - lat) ** 2;
    if (away > most) [best, most] = [corner, away];
  }
  return best;
}
