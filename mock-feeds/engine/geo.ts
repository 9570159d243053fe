// Plane geometry good enough for one city: equirectangular metres, positions [lon, lat] in degrees WGS-84.

export type LonLat = readonly [number, number];

const METRES_PER_DEGREE = 111_320;
const RAD = Math.PI / 180;

export function distanceM(a: LonLat, b: LonLat): number {
  const x = (b[0] - a[0]) * Math.cos(((a[1] + b[1]) / 2) * RAD);
  const y = b[1] - a[1];
  return Math.sqrt(x * x + y * y) * METRES_PER_DEGREE;
}

/** Course from a to b, degrees clockwise from north, 0 ≤ c < 360. */
export function bearingDeg(a: LonLat, b: LonLat): number {
  const x = (b[0] - a[0]) * Math.cos(((a[1] + b[1]) / 2) * RAD);
  return (Math.atan2(x, b[1] - a[1]) / RAD + 360) % 360;
}

export function offset(p: LonLat, eastM: number, northM: number): LonLat {
  return [p[0] + eastM / (METRES_PER_DEGREE * Math.cos(p[1] * RAD)), p[1] + northM / METRES_PER_DEGREE];
}

export const lerp = (a: LonLat, b: LonLat, f: number): LonLat => [
  a[0] + (b[0] - a[0]) * f,
  a[1] + (b[1] - a[1]) * f,
];

/** Degrees rounded to 1e-6 (0.1 m). */
export const micro = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** A line with its running length; `at` finds the place and course at a distance from its start. */
export interface Path {
  points: readonly LonLat[];
  /** Running length at each point, metres. */
  lengths: Float64Array;
  lengthM: number;
  at(distanceM: number): { position: LonLat; courseDeg: number };
}

/** Path of at least two points; a shorter line throws a RangeError. */
export function createPath(points: readonly LonLat[]): Path {
  const first = points[0];
  if (first === undefined || points.length < 2)
    throw new RangeError(`path of ${points.length} points → at least 2`);
  const lengths = new Float64Array(points.length);
  for (let i = 1; i < points.length; i++) {
    lengths[i] = (lengths[i - 1] ?? 0) + distanceM(points[i - 1] as LonLat, points[i] as LonLat);
  }
  const lengthM = lengths[points.length - 1] ?? 0;
  const at = (along: number): { position: LonLat; courseDeg: number } => {
    const d = Math.min(Math.max(along, 0), lengthM);
    let low = 0;
    let high = points.length - 2;
    while (low < high) {
      const mid = (low + high + 1) >> 1;
      if ((lengths[mid] ?? 0) <= d) low = mid;
      else high = mid - 1;
    }
    const a = points[low] as LonLat;
    const b = points[low + 1] as LonLat;
    const span = (lengths[low + 1] ?? 0) - (lengths[low] ?? 0);
    return {
      position: lerp(a, b, span > 0 ? (d - (lengths[low] ?? 0)) / span : 0),
      courseDeg: bearingDeg(a, b),
    };
  };
  return { points, lengths, lengthM, at };
}

/** Foot of the perpendicular from p: its distance along the path and its distance from it, metres. */
export function project(path: Path, p: LonLat): { alongM: number; awayM: number } {
  const k = Math.cos(p[1] * RAD);
  let best = { alongM: 0, awayM: Infinity };
  for (let i = 0; i + 1 < path.points.length; i++) {
    const a = path.points[i] as LonLat;
    const b = path.points[i + 1] as LonLat;
    const dx = (b[0] - a[0]) * k;
    const dy = b[1] - a[1];
    const square = dx * dx + dy * dy;
    const f =
      square > 0 ? Math.min(1, Math.max(0, ((p[0] - a[0]) * k * dx + (p[1] - a[1]) * dy) / square)) : 0;
    const away = distanceM(p, lerp(a, b, f));
    if (away < best.awayM) {
      const start = path.lengths[i] ?? 0;
      best = { alongM: start + f * ((path.lengths[i + 1] ?? start) - start), awayM: away };
    }
  }
  return best;
}

/** Even–odd test of a point in rings (outer and holes together). */
export function insideRings(rings: readonly (readonly LonLat[])[], p: LonLat): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const a = ring[i] as LonLat;
      const b = ring[j] as LonLat;
      if (a[1] > p[1] !== b[1] > p[1] && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0]) {
        inside = !inside;
      }
    }
  }
  return inside;
}
