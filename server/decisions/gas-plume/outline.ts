// Where on the ground a concentration is reached: outlines downwind of a place, and the first zone of the guidebook.
import type { LonLat } from '../../../contracts/column.ts';
import type { Release } from './gaussian.ts';
import { halfWidthAt, reachOf } from './gaussian.ts';

type Ring = readonly LonLat[];
/** Metres downwind and to the right of the wind. */
type Downwind = readonly [along: number, right: number];

const RAD = Math.PI / 180;
/** Metres of a degree of latitude, WGS-84 at the middle latitudes. */
const METRES_PER_DEGREE = 111_195;
const SAMPLES = 40;
const ARC_STEP_DEG = 6;
const CIRCLE_STEP_DEG = 10;

/** Puts a place given downwind of a source onto the ground. @param towardDeg where the wind blows to */
export function placeAt([lon, lat]: LonLat, [along, right]: Downwind, towardDeg: number): LonLat {
  const [sin, cos] = [Math.sin(towardDeg * RAD), Math.cos(towardDeg * RAD)];
  const east = along * sin + right * cos;
  const north = along * cos - right * sin;
  return [lon + east / (METRES_PER_DEGREE * Math.cos(lat * RAD)), lat + north / METRES_PER_DEGREE];
}

/** One side of the plume from the source to its tip: places closer where it is narrow. */
function sideOf(release: Release, mgM3: number, reachM: number): Downwind[] {
  const side: Downwind[] = [[0, 0]];
  for (let i = 1; i < SAMPLES; i++) {
    // Squares: most places near the source, where the outline bends.
    const along = reachM * (i / SAMPLES) ** 1.6;
    side.push([along, halfWidthAt(release, mgM3, along)]);
  }
  side.push([reachM, 0]);
  return side;
}

const turn = ([along, right]: Downwind, deg: number): Downwind => {
  const [sin, cos] = [Math.sin(deg * RAD), Math.cos(deg * RAD)];
  return [along * cos - right * sin, right * cos + along * sin];
};

export interface Outlined {
  readonly at: LonLat;
  readonly towardDeg: number;
  /** To each side the wind may turn, degrees: the outline holds every direction between. */
  readonly swingDeg: number;
}

/** The closed ring where a concentration is reached at breathing height; null: nowhere. */
export function plumeRing(
  release: Release,
  mgM3: number,
  { at, towardDeg, swingDeg }: Outlined,
): Ring | null {
  const reachM = reachOf(release, mgM3);
  if (reachM < 1) return null;
  const side = sideOf(release, mgM3, reachM);
  const right = side.map((place) => turn(place, swingDeg));
  const arc: Downwind[] = [];
  for (let deg = swingDeg - ARC_STEP_DEG; deg > -swingDeg; deg -= ARC_STEP_DEG)
    arc.push(turn([reachM, 0], deg));
  const left = side.map(([along, width]) => turn([along, -width], -swingDeg)).reverse();
  return close([...right, ...arc, ...left].map((place) => placeAt(at, place, towardDeg)));
}

/**
 * The first zone: a circle of isolation, and downwind a square as wide as it is long (ERG); with an unsteady wind the
 * square in every direction it may turn to, one outline around all of them.
 */
export function firstZoneRing(
  { isolationM, protectiveM }: { readonly isolationM: number; readonly protectiveM: number },
  { at, towardDeg, swingDeg }: Outlined,
): Ring {
  const half = protectiveM / 2;
  const corners: Downwind[] = [];
  for (let deg = 0; deg < 360; deg += CIRCLE_STEP_DEG) corners.push(turn([isolationM, 0], deg));
  for (let deg = -swingDeg; deg <= swingDeg; deg += Math.max(ARC_STEP_DEG, 1)) {
    for (const corner of [
      [0, -half],
      [protectiveM, -half],
      [protectiveM, half],
      [0, half],
    ] as const)
      corners.push(turn(corner, deg));
  }
  return close(hullOf(corners).map((place) => placeAt(at, place, towardDeg)));
}

const close = (ring: readonly LonLat[]): Ring => {
  const [first] = ring;
  return first ? [...ring.filter(isNew), first] : ring;
};
const isNew = ([lon, lat]: LonLat, i: number, all: readonly LonLat[]): boolean =>
  i === 0 || lon !== (all[i - 1] as LonLat)[0] || lat !== (all[i - 1] as LonLat)[1];

/** Convex hull, Andrew's monotone chain. */
function hullOf(points: readonly Downwind[]): Downwind[] {
  const sorted = [...points].sort(([ax, ay], [bx, by]) => ax - bx || ay - by);
  const chain = (all: readonly Downwind[]): Downwind[] => {
    const kept: Downwind[] = [];
    for (const p of all) {
      while (kept.length > 1 && turnOf(kept.at(-2) as Downwind, kept.at(-1) as Downwind, p) <= 0) kept.pop();
      kept.push(p);
    }
    return kept.slice(0, -1);
  };
  return [...chain(sorted), ...chain([...sorted].reverse())];
}

const turnOf = ([ax, ay]: Downwind, [bx, by]: Downwind, [cx, cy]: Downwind): number =>
  (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
