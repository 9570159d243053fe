// Reads the ground out of a quantized-mesh tile and paints it into a height grid.
import type { HeightGrid } from '../../shapes.ts';

const MAX = 32_767;
const HEADER_BYTES = 88;

export interface Mesh {
  readonly u: Uint16Array;
  readonly v: Uint16Array;
  readonly heights: Float32Array;
  readonly indices: Uint32Array;
}

const unzigzag = (value: number): number => (value >> 1) ^ -(value & 1);

function deltas(view: DataView, at: number, count: number): Uint16Array {
  const out = new Uint16Array(count);
  let value = 0;
  for (let i = 0; i < count; i++) {
    value += unzigzag(view.getUint16(at + i * 2, true));
    out[i] = value;
  }
  return out;
}

/** @param bytes one tile, not compressed @throws RangeError when the tile is cut short */
export function readMesh(bytes: ArrayBuffer): Mesh {
  const view = new DataView(bytes);
  const lowest = view.getFloat32(24, true);
  const highest = view.getFloat32(28, true);
  const count = view.getUint32(HEADER_BYTES, true);
  let at = HEADER_BYTES + 4;
  const u = deltas(view, at, count);
  const v = deltas(view, at + count * 2, count);
  const raised = deltas(view, at + count * 4, count);
  at += count * 6;
  const wide = count > 65_536;
  const step = wide ? 4 : 2;
  at = Math.ceil(at / step) * step;
  const indices = new Uint32Array(view.getUint32(at, true) * 3);
  at += 4;
  let highWater = 0;
  for (let i = 0; i < indices.length; i++) {
    const code = wide ? view.getUint32(at + i * 4, true) : view.getUint16(at + i * 2, true);
    indices[i] = highWater - code;
    if (code === 0) highWater++;
  }
  const heights = Float32Array.from(raised, (value) => lowest + ((highest - lowest) * value) / MAX);
  return { u, v, heights, indices };
}

type Box = readonly [west: number, south: number, east: number, north: number];

/** Paints the triangles of a tile that covers `box` (degrees) into `grid`. */
export function paintMesh(mesh: Mesh, box: Box, grid: HeightGrid): void {
  const [west, south, east, north] = grid.bounds;
  const scaleX = (grid.nx - 1) / (east - west);
  const scaleY = (grid.ny - 1) / (north - south);
  const xs = Float64Array.from(mesh.u, (u) => (box[0] + ((box[2] - box[0]) * u) / MAX - west) * scaleX);
  const ys = Float64Array.from(mesh.v, (v) => (north - (box[1] + ((box[3] - box[1]) * v) / MAX)) * scaleY);
  for (let i = 0; i < mesh.indices.length; i += 3) {
    const a = mesh.indices[i] ?? 0;
    const b = mesh.indices[i + 1] ?? 0;
    const c = mesh.indices[i + 2] ?? 0;
    paintTriangle(
      [xs[a] ?? 0, ys[a] ?? 0, mesh.heights[a] ?? 0],
      [xs[b] ?? 0, ys[b] ?? 0, mesh.heights[b] ?? 0],
      [xs[c] ?? 0, ys[c] ?? 0, mesh.heights[c] ?? 0],
      grid,
    );
  }
}

type Corner = readonly [x: number, y: number, height: number];

function paintTriangle(a: Corner, b: Corner, c: Corner, grid: HeightGrid): void {
  const area = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
  if (area === 0) return;
  const fromX = Math.max(0, Math.ceil(Math.min(a[0], b[0], c[0])));
  const toX = Math.min(grid.nx - 1, Math.floor(Math.max(a[0], b[0], c[0])));
  const fromY = Math.max(0, Math.ceil(Math.min(a[1], b[1], c[1])));
  const toY = Math.min(grid.ny - 1, Math.floor(Math.max(a[1], b[1], c[1])));
  const edge = -1e-9;
  for (let y = fromY; y <= toY; y++) {
    for (let x = fromX; x <= toX; x++) {
      const wb = ((x - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (y - a[1])) / area;
      const wc = ((b[0] - a[0]) * (y - a[1]) - (x - a[0]) * (b[1] - a[1])) / area;
      const wa = 1 - wb - wc;
      if (wa < edge || wb < edge || wc < edge) continue;
      grid.heights[y * grid.nx + x] = wa * a[2] + wb * b[2] + wc * c[2];
    }
  }
}
