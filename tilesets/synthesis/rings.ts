// Polygons on a raster and on tiles: even-odd rule, so holes need no special care.
import type { Bounds, Grid } from '../dem/grid.ts';
import type { Ring } from '../city/features.ts';

/** Calls back with the index of every raster node inside the rings. */
export function eachNodeInside(rings: Ring[], grid: Grid, visit: (i: number) => void): void {
  for (let iy = 0; iy < grid.ny; iy++) {
    const cuts = crossings(rings, grid.north - iy * grid.stepLat);
    for (let k = 0; k + 1 < cuts.length; k += 2) {
      const from = Math.max(0, Math.ceil((cuts[k]! - grid.west) / grid.stepLon));
      const to = Math.min(grid.nx - 1, Math.floor((cuts[k + 1]! - grid.west) / grid.stepLon));
      for (let ix = from; ix <= to; ix++) visit(iy * grid.nx + ix);
    }
  }
}

function crossings(rings: Ring[], lat: number): number[] {
  const cuts: number[] = [];
  for (const ring of rings) {
    for (let k = 0, j = ring.length - 1; k < ring.length; j = k++) {
      const [ax, ay] = ring[j]!;
      const [bx, by] = ring[k]!;
      if (ay > lat !== by > lat) cuts.push(ax + ((lat - ay) / (by - ay)) * (bx - ax));
    }
  }
  return cuts.sort((a, b) => a - b);
}

/** Whether a box touches the area of one of the rings (each its own polygon). */
export function touches(rings: Ring[], box: Bounds): boolean {
  return rings.some(
    (ring) =>
      ring.some(([x, y]) => x >= box.west && x <= box.east && y >= box.south && y <= box.north) ||
      inside(ring, (box.west + box.east) / 2, (box.south + box.north) / 2) ||
      ring.some((a, k) => crossesBox(a, ring[(k + 1) % ring.length]!, box)),
  );
}

function inside(ring: Ring, x: number, y: number): boolean {
  return crossings([ring], y).filter((cut) => cut > x).length % 2 === 1;
}

/** Whether a segment passes through a box (Liang–Barsky clipping). */
function crossesBox([ax, ay]: [number, number], [bx, by]: [number, number], box: Bounds): boolean {
  let from = 0;
  let to = 1;
  const sides = [
    [ax - bx, ax - box.west],
    [bx - ax, box.east - ax],
    [ay - by, ay - box.south],
    [by - ay, box.north - ay],
  ] as const;
  for (const [p, q] of sides) {
    if (p === 0 && q < 0) return false;
    if (p < 0) from = Math.max(from, q / p);
    if (p > 0) to = Math.min(to, q / p);
  }
  return from <= to;
}
