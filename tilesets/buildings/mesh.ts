// Walls and roofs of many buildings in one mesh, metres on the axes of a place: east, up, south (glTF's y is up).
import earcut from 'earcut';
import type { Ring } from '../city/features.ts';
import { toEarth, turnToEarth, type Vector } from '../terrain/ellipsoid.ts';
import type { Standing } from './footing.ts';

export interface Mesh {
  /** x y z after one another. */
  positions: Float64Array;
  normals: Int8Array;
  /**
   * Four bytes a vertex: each falls from 255 to 0 towards one border of its face, or stays 255 where there is none. On a face
   * value ÷ (its change a pixel) is the distance to that border in pixels, so that edges can be drawn as thin as the screen.
   */
  edges: Uint8Array;
  /** Number of the building in the tile, for each vertex. */
  features: Uint16Array;
  triangles: Uint32Array;
}

export type Detail = 'slab' | 'whole';

/** A flat footprint is drawn as a plate this high at most: it stays above the coarser terrain of its distance, metres. */
const SLAB_M = 6;

/** Axes of a place: where it is in earth-centred metres and its east, north, up. */
export interface Place {
  lon: number;
  lat: number;
  origin: Vector;
  axes: [Vector, Vector, Vector];
}

export function placeAt(lon: number, lat: number, heightM: number): Place {
  const unit = (v: Vector): Vector => turnToEarth(lon, lat, v);
  return {
    lon,
    lat,
    origin: toEarth(lon, lat, heightM),
    axes: [unit([1, 0, 0]), unit([0, 1, 0]), unit([0, 0, 1])],
  };
}

function toLocal(place: Place, [lon, lat]: [number, number], heightM: number): Vector {
  const p = toEarth(lon, lat, heightM);
  const d: Vector = [p[0] - place.origin[0], p[1] - place.origin[1], p[2] - place.origin[2]];
  const [east, north, up] = place.axes.map(
    (axis) => axis[0] * d[0] + axis[1] * d[1] + axis[2] * d[2],
  ) as Vector;
  return [east, up, -north];
}

/** See Mesh.edges; no border beyond the last one given. */
type Edges = readonly number[];

class MeshMaker {
  readonly positions: number[] = [];
  readonly normals: number[] = [];
  readonly edges: number[] = [];
  readonly features: number[] = [];
  readonly triangles: number[] = [];

  vertex(position: Vector, [nx, ny, nz]: Vector, at: { feature: number; edges: Edges }): number {
    this.positions.push(...position);
    this.normals.push(Math.round(nx * 127), Math.round(ny * 127), Math.round(nz * 127));
    for (let k = 0; k < 4; k++) this.edges.push(at.edges[k] ?? NO_EDGE);
    return this.features.push(at.feature) - 1;
  }
}

const NO_EDGE = 255;

export function meshOf(standings: readonly Standing[], place: Place, detail: Detail): Mesh {
  const maker = new MeshMaker();
  standings.forEach(({ building, baseM, footM }, feature) => {
    const roofM = baseM + (detail === 'slab' ? Math.min(SLAB_M, building.heightM) : building.heightM);
    addRoof(maker, building.rings, { place, roofM, feature });
    if (detail === 'whole')
      for (const ring of building.rings) addWalls(maker, ring, { place, roofM, footM, feature });
  });
  return {
    positions: Float64Array.from(maker.positions),
    normals: Int8Array.from(maker.normals),
    edges: Uint8Array.from(maker.edges),
    features: Uint16Array.from(maker.features),
    triangles: Uint32Array.from(maker.triangles),
  };
}

const UP: Vector = [0, 1, 0];

/** Triangles of their own vertices: which sides are borders differs from one to the next. */
function addRoof(
  maker: MeshMaker,
  rings: Ring[],
  at: { place: Place; roofM: number; feature: number },
): void {
  const holes: number[] = [];
  const flat: number[] = [];
  const corners: Vector[] = [];
  /** The corner that follows on the ring. */
  const next: number[] = [];
  rings.forEach((ring, k) => {
    const first = corners.length;
    if (k > 0) holes.push(first);
    for (const [lon, lat] of ring) {
      const local = toLocal(at.place, [lon, lat], at.roofM);
      flat.push(local[0], -local[2]);
      next.push(first + ((corners.length - first + 1) % ring.length));
      corners.push(local);
    }
  });
  const found = earcut(flat, holes);
  for (let k = 0; k < found.length; k += 3) {
    const [a, b, c] = [found[k]!, found[k + 1]!, found[k + 2]!];
    const twice =
      (flat[2 * b]! - flat[2 * a]!) * (flat[2 * c + 1]! - flat[2 * a + 1]!) -
      (flat[2 * b + 1]! - flat[2 * a + 1]!) * (flat[2 * c]! - flat[2 * a]!);
    const triangle = twice > 0 ? [a, b, c] : [a, c, b];
    triangle.forEach((corner, which) => {
      const edges = triangle.map((_, side) =>
        side === which || !isBorder(triangle, side, next) ? NO_EDGE : 0,
      );
      maker.triangles.push(maker.vertex(corners[corner]!, UP, { feature: at.feature, edges }));
    });
  }
}

/** Whether the side of a triangle opposite one of its corners is a side of a ring. */
function isBorder(triangle: readonly number[], side: number, next: readonly number[]): boolean {
  const [from, to] = [triangle[(side + 1) % 3]!, triangle[(side + 2) % 3]!];
  return next[from] === to || next[to] === from;
}

/** Borders of a wall: left, right, top. Its foot stands in the ground. */
const WALL_EDGES: readonly Edges[] = [
  [0, NO_EDGE, NO_EDGE],
  [NO_EDGE, 0, NO_EDGE],
  [NO_EDGE, 0, 0],
  [0, NO_EDGE, 0],
];

/** One quad a side with a normal of its own: outside is on the right of the ring's direction, for holes too. */
function addWalls(
  maker: MeshMaker,
  ring: Ring,
  at: { place: Place; roofM: number; footM: number; feature: number },
): void {
  ring.forEach((from, k) => {
    const to = ring[(k + 1) % ring.length]!;
    const corners = [
      toLocal(at.place, from, at.footM),
      toLocal(at.place, to, at.footM),
      toLocal(at.place, to, at.roofM),
      toLocal(at.place, from, at.roofM),
    ];
    const east = corners[1]![0] - corners[0]![0];
    const south = corners[1]![2] - corners[0]![2];
    const length = Math.hypot(east, south);
    if (length < 0.05) return;
    const normal: Vector = [-south / length, 0, east / length];
    const [a, b, c, d] = corners.map((corner, which) =>
      maker.vertex(corner, normal, { feature: at.feature, edges: WALL_EDGES[which]! }),
    ) as [number, number, number, number];
    maker.triangles.push(a, b, c, a, c, d);
  });
}
