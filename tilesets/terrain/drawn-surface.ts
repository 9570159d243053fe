// The ground as the finest terrain tiles draw it: what stands on it neither floats nor sinks when the map shows both.
import type { Bounds, Dem } from '../dem/grid.ts';
import type { Ring } from '../city/features.ts';
import { createMeshTile, errorOfLevel, sidesOfLevel } from './mesh-tile.ts';
import { FULL, type Mesh } from './quantized-mesh.ts';
import { tileSizeDeg } from './tiling.ts';

/** Metres above sea level at a position in degrees. */
export type Surface = (lon: number, lat: number) => number;

/** Meshes are made again on demand and kept; a city asks for a few hundred. */
export function drawnSurface(dem: Dem, maxLevel: number): Surface {
  const size = tileSizeDeg(maxLevel);
  const sides = sidesOfLevel(maxLevel, dem.stepDeg);
  const tiles = new Map<number, Float32Array>();
  return (lon, lat) => {
    const x = Math.floor((lon + 180) / size);
    const y = Math.floor((lat + 90) / size);
    const key = x * 2 ** 20 + y;
    let nodes = tiles.get(key);
    if (!nodes) {
      const mesh = createMeshTile(dem, { z: maxLevel, x, y }, errorOfLevel(maxLevel, maxLevel));
      tiles.set(key, (nodes = nodesOf(mesh, sides)));
    }
    return sample(nodes, sides, [((lon + 180) / size - x) * sides, ((lat + 90) / size - y) * sides]);
  };
}

/** Heights of the triangles at every node of the tile's own raster: corners of triangles lie on nodes only. */
function nodesOf({ u, v, height, triangles }: Mesh, sides: number): Float32Array {
  const nodes = new Float32Array((sides + 1) ** 2);
  const at = (values: Uint16Array, i: number): number => Math.round((values[i]! / FULL) * sides);
  for (let k = 0; k < triangles.length; k += 3) {
    const [a, b, c] = [triangles[k]!, triangles[k + 1]!, triangles[k + 2]!];
    const [ax, ay, bx, by, cx, cy] = [at(u, a), at(v, a), at(u, b), at(v, b), at(u, c), at(v, c)];
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    if (area === 0) continue;
    for (let y = Math.min(ay, by, cy); y <= Math.max(ay, by, cy); y++) {
      for (let x = Math.min(ax, bx, cx); x <= Math.max(ax, bx, cx); x++) {
        const wa = ((bx - x) * (cy - y) - (by - y) * (cx - x)) / area;
        const wb = ((cx - x) * (ay - y) - (cy - y) * (ax - x)) / area;
        const wc = 1 - wa - wb;
        if (wa >= 0 && wb >= 0 && wc >= 0)
          nodes[y * (sides + 1) + x] = wa * height[a]! + wb * height[b]! + wc * height[c]!;
      }
    }
  }
  return nodes;
}

function sample(nodes: Float32Array, sides: number, [x, y]: [number, number]): number {
  const ix = Math.min(sides - 1, Math.floor(x));
  const iy = Math.min(sides - 1, Math.floor(y));
  const [fx, fy] = [x - ix, y - iy];
  const k = iy * (sides + 1) + ix;
  const south = nodes[k]! + fx * (nodes[k + 1]! - nodes[k]!);
  const north = nodes[k + sides + 1]! + fx * (nodes[k + sides + 2]! - nodes[k + sides + 1]!);
  return south + fy * (north - south);
}

/** Smallest box around rings. */
export function boundsOf(rings: readonly Ring[]): Bounds {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const [lon, lat] of rings.flat()) {
    box.west = Math.min(box.west, lon);
    box.east = Math.max(box.east, lon);
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
  }
  return box;
}
