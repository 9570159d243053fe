// Kilometres on a plane around one point: exact enough (0.1 %) inside one city and its surroundings.
import { KM_PER_DEGREE } from '../dem/grid.ts';

export interface Plane {
  x(lon: number): number;
  y(lat: number): number;
  lon(x: number): number;
  lat(y: number): number;
}

export function createPlane(lon0: number, lat0: number): Plane {
  const kmLon = KM_PER_DEGREE * Math.cos((lat0 * Math.PI) / 180);
  return {
    x: (lon) => (lon - lon0) * kmLon,
    y: (lat) => (lat - lat0) * KM_PER_DEGREE,
    lon: (x) => lon0 + x / kmLon,
    lat: (y) => lat0 + y / KM_PER_DEGREE,
  };
}

export interface Foot {
  /** Distance, km; positive on the left of the direction of the line. */
  offset: number;
  distance: number;
  /** Way along the line to the foot, km. */
  along: number;
}

/** Nearest point of a line given as x, y, x, y … in km. */
export function footOn(line: Float64Array, px: number, py: number): Foot {
  let best: Foot = { offset: 0, distance: Infinity, along: 0 };
  let before = 0;
  for (let k = 0; k + 3 < line.length; k += 2) {
    const ax = line[k]!;
    const ay = line[k + 1]!;
    const dx = line[k + 2]! - ax;
    const dy = line[k + 3]! - ay;
    const length = Math.hypot(dx, dy);
    const t =
      length === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / (length * length)));
    const distance = Math.hypot(px - ax - t * dx, py - ay - t * dy);
    if (distance < best.distance) {
      const left = dx * (py - ay) - dy * (px - ax) >= 0 ? 1 : -1;
      best = { offset: left * distance, distance, along: before + t * length };
    }
    before += length;
  }
  return best;
}

/** A line through every vertex without corners (centripetal Catmull-Rom), one point each `stepKm`. */
export function smoothLine(vertices: [number, number][], stepKm: number): [number, number][] {
  const out: [number, number][] = [];
  for (let i = 0; i + 1 < vertices.length; i++) {
    const p1 = vertices[i]!;
    const p2 = vertices[i + 1]!;
    const p0 = vertices[i - 1] ?? [2 * p1[0] - p2[0], 2 * p1[1] - p2[1]];
    const p3 = vertices[i + 2] ?? [2 * p2[0] - p1[0], 2 * p2[1] - p1[1]];
    const knots = [p0, p1, p2, p3].reduce<number[]>((t, p, k) => {
      const q = k === 0 ? undefined : [p0, p1, p2, p3][k - 1];
      return [...t, q ? t[k - 1]! + Math.max(1e-6, Math.sqrt(Math.hypot(p[0] - q[0], p[1] - q[1]))) : 0];
    }, []);
    const pieces = Math.max(1, Math.ceil(Math.hypot(p2[0] - p1[0], p2[1] - p1[1]) / stepKm));
    for (let s = 0; s < pieces; s++) out.push(onSpline([p0, p1, p2, p3], knots, s / pieces));
  }
  out.push(vertices[vertices.length - 1]!);
  return out;
}

function onSpline(points: [number, number][], knots: number[], share: number): [number, number] {
  const t = knots[1]! + share * (knots[2]! - knots[1]!);
  let row = points;
  for (let level = 1; level <= 3; level++) {
    const next: [number, number][] = [];
    for (let i = 0; i + 1 < row.length; i++) {
      // The pyramid of Barry and Goldman: the last level runs between the inner knots only.
      const from = level === 3 ? knots[1]! : knots[i]!;
      const to = level === 3 ? knots[2]! : knots[i + level]!;
      const w = (t - from) / (to - from);
      next.push([row[i]![0] * (1 - w) + row[i + 1]![0] * w, row[i]![1] * (1 - w) + row[i + 1]![1] * w]);
    }
    row = next;
  }
  return row[0]!;
}
