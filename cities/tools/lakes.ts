// Draws a reservoir as its river line widened from tail to dam: a distance field traced at zero, so bends never cross.
import { alongLine, cutLine, metresBetween, nearestOnLine, offset } from '../geometry.ts';
import { ringAreaKm2, roundPoint, simplify, type Point } from '../geometry.ts';
import type { LakePlan, Source, StemWidths } from './source.ts';

const STEP_M = 60; // cell of the distance field; shores are schematic to hundreds of metres
const SHORE_TOLERANCE_M = 8;

type Stem = { line: Point[]; lengthM: number; widths: StemWidths };

/** Metres from the middle to the shore, a share (0–1) of the way along: wider and wider, then as narrow as the gorge. */
export function halfWidthM({ startM, endM, gorge }: StemWidths, share: number, lengthM: number): number {
  const open = startM + share * (endM - startM);
  if (!gorge) return open;
  const t = Math.min(1, ((1 - share) * lengthM) / gorge.lengthM);
  return gorge.halfM + (open - gorge.halfM) * t * t * (3 - 2 * t);
}

/** Negative inside the water, metres. The first stem ends square at its last point: water does not pass the dam. */
function shoreDistance(point: Point, stems: readonly Stem[]): number {
  let least = Infinity;
  for (const [i, { line, lengthM, widths }] of stems.entries()) {
    const { metres, share } = nearestOnLine(point, line);
    const half = halfWidthM(widths, share, lengthM);
    if (i > 0 || share * lengthM < lengthM - half) least = Math.min(least, metres - half);
    else {
      const past = pastEndM(point, line);
      const aside = past > 0 ? Math.sqrt(Math.max(0, metres * metres - past * past)) : metres;
      least = Math.min(least, Math.max(past, aside - half));
    }
  }
  return least;
}

/** How far a point lies beyond the end of a line, metres along its last piece; negative before it. */
function pastEndM(point: Point, line: readonly Point[]): number {
  const [from, end] = line.slice(-2) as [Point, Point];
  const shrink = Math.cos((end[1] * Math.PI) / 180);
  const [dx, dy] = [(end[0] - from[0]) * shrink, end[1] - from[1]];
  const share = ((point[0] - end[0]) * shrink * dx + (point[1] - end[1]) * dy) / (dx * dx + dy * dy);
  return share * metresBetween(from, end);
}

/** Marching squares: pieces of shore between cell edges, joined into closed rings. */
function traceRings(field: (i: number, j: number) => number, columns: number, rows: number): Point[][] {
  const next = new Map<string, [string, Point]>();
  const cross = (i: number, j: number, [di, dj]: readonly [0 | 1, 0 | 1]): [string, Point] => {
    const [a, b] = [field(i, j), field(i + di, j + dj)];
    const t = a / (a - b);
    return [`${2 * i + di},${2 * j + dj}`, [i + t * di, j + t * dj]];
  };
  for (let j = 0; j < rows - 1; j++) {
    for (let i = 0; i < columns - 1; i++) {
      const wet = [field(i, j), field(i + 1, j), field(i + 1, j + 1), field(i, j + 1)].map((d) => d < 0);
      const edges = [
        cross(i, j, [1, 0]),
        cross(i + 1, j, [0, 1]),
        cross(i, j + 1, [1, 0]),
        cross(i, j, [0, 1]),
      ];
      for (let k = 0; k < 4; k++) {
        if (!wet[k] || wet[(k + 1) % 4]) continue;
        let back = (k + 3) % 4;
        while (wet[back]) back = (back + 3) % 4;
        const [from, to] = [edges[k], edges[back]];
        if (from && to) next.set(from[0], [to[0], from[1]]);
      }
    }
  }
  const rings: Point[][] = [];
  for (const start of [...next.keys()]) {
    const ring: Point[] = [];
    for (let key = start; next.has(key);) {
      const [to, at] = next.get(key) as [string, Point];
      next.delete(key);
      ring.push(at);
      key = to;
    }
    if (ring.length > 3) rings.push(ring);
  }
  return rings;
}

function lakeRings(stems: readonly Stem[]): Point[][] {
  const points = stems.flatMap((stem) => stem.line);
  const reach = Math.max(...stems.flatMap(({ widths }) => [widths.startM, widths.endM])) + 4 * STEP_M;
  const [lons, lats] = [points.map((p) => p[0]), points.map((p) => p[1])];
  const origin = offset([Math.min(...lons), Math.min(...lats)], -reach, -reach);
  const corner = offset([Math.max(...lons), Math.max(...lats)], reach, reach);
  const columns = Math.ceil(metresBetween(origin, [corner[0], origin[1]]) / STEP_M);
  const rows = Math.ceil(metresBetween(origin, [origin[0], corner[1]]) / STEP_M);
  const [stepLon, stepLat] = [(corner[0] - origin[0]) / columns, (corner[1] - origin[1]) / rows];
  const at = (i: number, j: number): Point => [origin[0] + i * stepLon, origin[1] + j * stepLat];
  const values = new Float64Array((columns + 1) * (rows + 1));
  for (let j = 0; j <= rows; j++) {
    for (let i = 0; i <= columns; i++) {
      const metres = shoreDistance(at(i, j), stems);
      values[j * (columns + 1) + i] = Number.isFinite(metres) ? metres || 0.01 : reach;
    }
  }
  return traceRings((i, j) => values[j * (columns + 1) + i] ?? reach, columns + 1, rows + 1).map((ring) =>
    ring.map(([i, j]) => at(i, j)),
  );
}

/** One polygon feature a lake; the largest ring is the shore, the others inside it are islands. */
export function buildLake(source: Source, lake: LakePlan) {
  const rivers = source.features('rivers.geojson');
  const stems = lake.stems.map((stem) => {
    const river = rivers.find((feature) => feature.properties.id === stem.river);
    if (!river) throw new Error(`Lake ${lake.id} names river ${stem.river}; add it to rivers.geojson.`);
    const line = cutLine(river.geometry.coordinates as Point[], stem.from, stem.to);
    const lengthM = line.slice(1).reduce((sum, p, k) => sum + metresBetween(line[k] as Point, p), 0);
    return { line, lengthM, widths: stem };
  });
  const rings = lakeRings(stems).map((ring) => {
    const half = Math.floor(ring.length / 2);
    const closed = [...ring, ring[0] as Point];
    const shore = [...simplify(closed.slice(0, half + 1), SHORE_TOLERANCE_M).slice(0, -1)];
    return [...shore, ...simplify(closed.slice(half), SHORE_TOLERANCE_M)].map((p) => roundPoint(p, 5));
  });
  rings.sort((a, b) => ringAreaKm2(b) - ringAreaKm2(a));
  const areaKm2 = rings.reduce((sum, ring, i) => sum + (i === 0 ? 1 : -1) * ringAreaKm2(ring), 0);
  return {
    type: 'Feature',
    properties: {
      id: lake.id,
      name: { zh: lake.zh, en: lake.en },
      reservoir: lake.reservoir,
      areaKm2: Number(areaKm2.toFixed(1)),
      labelAt: roundPoint(alongLine(stems[0]?.line ?? [], 0.7)),
    },
    geometry: { type: 'Polygon', coordinates: rings },
  };
}
