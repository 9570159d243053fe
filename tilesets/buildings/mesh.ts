// Walls and roofs of many buildings in one mesh, metres on the axes of a place: east, up, south (glTF's y is up).
import earcut from 'earcut';
import type { Ring } from '../city/features.ts';
import { toEarth, turnToEarth, type Vector } from '../terrain/ellipsoid.ts';
import type { Standing } from './footing.ts';

export interface Mesh {
  /** x y z after one another. */
  positions: Float64Array;
  normals: Int8Array;
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

class MeshMaker {
  readonly positions: number[] = [];
  readonly normals: number[] = [];
  readonly features: number[] = [];
  readonly triangles: number[] = [];

  vertex(position: Vector, [nx, ny, nz]: Vector, feature: number): number {
    this.positions.push(...position);
    this.normals.push(Math.round(nx * 127), Math.round(ny * 127), Math.round(nz * 127));
    return this.features.push(feature) - 1;
  }
}

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
    features: Uint16Array.from(maker.features),
    triangles: Uint32Array.from(maker.triangles),
  };
}

function addRoof(
  maker: MeshMaker,
  rings: Ring[],
  at: { place: Place; roofM: number; feature: number },
): void {
  const holes: number[] = [];
  const flat: number[] = [];
  const first = maker.features.length;
  rings.forEach((ring, k) => {
    if (k > 0) holes.push(flat.length / 2);
    for (const [lon, lat] of ring) {
      const local = toLocal(at.place, [lon, lat], at.roofM);
      flat.push(local[0], -local[2]);
      maker.vertex(local, [0, 1, 0], at.feature);
    }
  });
  const corners = earcut(flat, holes);
  for (let k = 0; k < corners.length; k += 3) {
    const [a, b, c] = [corners[k]!, corners[k + 1]!, corners[k + 2]!];
    const twice =
      (flat[2 * b]! - flat[2 * a]!) * (flat[2 * c + 1]! - flat[2 * a + 1]!) -
      (flat[2 * b + 1]! - flat[2 * a + 1]!) * (flat[2 * c]! - flat[2 * a]!);
    maker.triangles.push(first + a, ...(twice > 0 ? [first + b, first + c] : [first + c, first + b]));
  }
}

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
    const [a, b, c, d] = corners.map((corner) => maker.vertex(corner, normal, at.feature)) as [
      number,
      number,
      number,
      number,
    ];
    maker.triangles.push(a, b, c, a, c, d);
  });
}
