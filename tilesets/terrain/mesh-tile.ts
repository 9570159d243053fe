// Turns one tile's square of a height source into a mesh: few triangles where the land is even, more where it is not.
import Martini from '@mapbox/martini';
import { KM_PER_DEGREE, type Bounds, type Dem } from '../dem/grid.ts';
import { turnToEarth } from './ellipsoid.ts';
import { FULL, type Mesh } from './quantized-mesh.ts';
import { tileBounds, tileSizeDeg, type TileId } from './tiling.ts';

const MOST_SIDES = 128;
// A coarse tile has at most this many samples a side: it is only seen from far.
const COARSE_SIDES = 64;
const COARSE_DEG = 2;
// Largest height error of the finest level, m; each coarser level may err this much more.
export const FINEST_ERROR_M = 13;
const ERROR_GROWTH = 1.6;
const LARGEST_ERROR_M = 250;

const makers = new Map<number, Martini>();

/** Largest vertical error a tile of this level may have, m. */
export function errorOfLevel(z: number, maxLevel: number): number {
  return Math.min(LARGEST_ERROR_M, FINEST_ERROR_M * ERROR_GROWTH ** (maxLevel - z));
}

/** Samples along one side: no denser than the source, a power of two. */
export function sidesOfLevel(z: number, stepDeg: number): number {
  const size = tileSizeDeg(z);
  const most = size > COARSE_DEG ? COARSE_SIDES : MOST_SIDES;
  return Math.min(most, Math.max(16, 2 ** Math.floor(Math.log2(size / stepDeg + 1e-6))));
}

export function createMeshTile(dem: Dem, id: TileId, maxErrorM: number): Mesh {
  const sides = sidesOfLevel(id.z, dem.stepDeg);
  const bounds = tileBounds(id);
  const step = tileSizeDeg(id.z) / sides;
  const size = sides + 1;
  const heights = new Float32Array(size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++)
      heights[y * size + x] = worldHeight(dem, bounds.west + x * step, bounds.south + y * step);
  }
  const maker = makers.get(sides) ?? new Martini(size);
  makers.set(sides, maker);
  const { vertices, triangles } = maker.createTile(heights).getMesh(maxErrorM);
  // The mesh maker counts rows downward, ours go north: turning each triangle makes it counter-clockwise again.
  for (let k = 0; k < triangles.length; k += 3) {
    const b = triangles[k + 1]!;
    triangles[k + 1] = triangles[k + 2]!;
    triangles[k + 2] = b;
  }
  const count = vertices.length / 2;
  const mesh: Mesh = {
    bounds,
    u: new Uint16Array(count),
    v: new Uint16Array(count),
    height: new Float32Array(count),
    normal: new Float32Array(count * 3),
    triangles,
  };
  for (let i = 0; i < count; i++) {
    const x = vertices[2 * i]!;
    const y = vertices[2 * i + 1]!;
    mesh.u[i] = Math.round((x / sides) * FULL);
    mesh.v[i] = Math.round((y / sides) * FULL);
    mesh.height[i] = heights[y * size + x]!;
    mesh.normal.set(
      normalAt(dem, [bounds.west + x * step, bounds.south + y * step], Math.max(dem.stepDeg, step / 2)),
      3 * i,
    );
  }
  return mesh;
}

/** Surface normal from the height source itself, so that neighbouring tiles agree; earth-centred axes. */
function normalAt(dem: Dem, [lon, lat]: [number, number], reachDeg: number): [number, number, number] {
  const metresLat = 2 * reachDeg * KM_PER_DEGREE * 1000;
  const metresLon = metresLat * Math.max(0.02, Math.cos((lat * Math.PI) / 180));
  const east = (worldHeight(dem, lon + reachDeg, lat) - worldHeight(dem, lon - reachDeg, lat)) / metresLon;
  const north = (worldHeight(dem, lon, lat + reachDeg) - worldHeight(dem, lon, lat - reachDeg)) / metresLat;
  const length = Math.hypot(east, north, 1);
  return turnToEarth(lon, lat, [-east / length, -north / length, 1 / length]);
}

// Outside the source the land eases down to sea level over about this many degrees.
const EASE_DEG = 0.9;

export function worldHeight(dem: Dem, lon: number, lat: number): number {
  const away = distanceDeg(dem.bounds, lon, lat);
  if (away === 0) return dem.heightAt(lon, lat);
  if (away > 4 * EASE_DEG) return 0;
  return dem.heightAt(lon, lat) * Math.exp(-((away / EASE_DEG) ** 2));
}

function distanceDeg(b: Bounds, lon: number, lat: number): number {
  return Math.hypot(Math.max(b.west - lon, 0, lon - b.east), Math.max(b.south - lat, 0, lat - b.north));
}
