// Writes one quantized-mesh-1.0 tile with oct-encoded normals (github.com/CesiumGS/quantized-mesh).
import { occlusionPoint, toEarth, type Vector } from './ellipsoid.ts';
import type { Bounds } from '../dem/grid.ts';

export interface Mesh {
  bounds: Bounds;
  /** Position in the tile, 0 (west, south) … 32767 (east, north). */
  u: Uint16Array;
  v: Uint16Array;
  /** Metres. */
  height: Float32Array;
  /** Unit normals in earth-centred axes, x y z after one another. */
  normal: Float32Array;
  /** Counter-clockwise triangles seen from above. */
  triangles: Uint32Array;
}

export const FULL = 32767;
const HEADER_BYTES = 88;
const OCT_NORMALS = 1;

/** Bytes of the tile, not compressed. */
export function encodeQuantizedMesh(source: Mesh): Uint8Array {
  const mesh = inOrderOfUse(source);
  const count = mesh.u.length;
  const wide = count > 65536;
  const indexBytes = wide ? 4 : 2;
  const edges = edgesOf(mesh);
  let low = Infinity;
  let high = -Infinity;
  for (const h of mesh.height) {
    low = Math.min(low, h);
    high = Math.max(high, h);
  }
  const vertexEnd = HEADER_BYTES + 4 + count * 6;
  const indexStart = Math.ceil(vertexEnd / indexBytes) * indexBytes;
  const edgeTotal = edges.reduce((sum, edge) => sum + 4 + edge.length * indexBytes, 0);
  const bytes = new Uint8Array(
    indexStart + 4 + mesh.triangles.length * indexBytes + edgeTotal + 5 + count * 2,
  );
  const view = new DataView(bytes.buffer);
  writeHeader(view, mesh, [low, high]);
  view.setUint32(HEADER_BYTES, count, true);
  const range = Math.max(1e-6, high - low);
  const level = Uint16Array.from(mesh.height, (h) => Math.round(((h - low) / range) * FULL));
  let at = HEADER_BYTES + 4;
  for (const values of [mesh.u, mesh.v, level]) {
    let before = 0;
    for (const value of values) {
      view.setUint16(at, zigzag(value - before), true);
      before = value;
      at += 2;
    }
  }
  const put = (value: number): void => {
    if (wide) view.setUint32(at, value, true);
    else view.setUint16(at, value, true);
    at += indexBytes;
  };
  at = indexStart;
  view.setUint32(at, mesh.triangles.length / 3, true);
  at += 4;
  let highest = 0;
  for (const index of mesh.triangles) {
    put(highest - index);
    if (index === highest) highest++;
  }
  for (const edge of edges) {
    view.setUint32(at, edge.length, true);
    at += 4;
    for (const index of edge) put(index);
  }
  bytes[at] = OCT_NORMALS;
  view.setUint32(at + 1, count * 2, true);
  at += 5;
  for (let i = 0; i < count; i++) {
    const [a, b] = toOct([mesh.normal[3 * i]!, mesh.normal[3 * i + 1]!, mesh.normal[3 * i + 2]!]);
    bytes[at++] = a;
    bytes[at++] = b;
  }
  return bytes;
}

function writeHeader(view: DataView, mesh: Mesh, [low, high]: [number, number]): void {
  const { west, south, east, north } = mesh.bounds;
  const points: Vector[] = [];
  for (let i = 0; i < mesh.u.length; i++) {
    const lon = west + (mesh.u[i]! / FULL) * (east - west);
    points.push(toEarth(lon, south + (mesh.v[i]! / FULL) * (north - south), mesh.height[i]!));
  }
  const centre = toEarth((west + east) / 2, (south + north) / 2, (low + high) / 2);
  const box = [0, 1, 2].map((k): [number, number] => {
    let [min, max] = [Infinity, -Infinity];
    for (const p of points) {
      min = Math.min(min, p[k]!);
      max = Math.max(max, p[k]!);
    }
    return [min, max];
  });
  const ball = box.map(([min, max]) => (min + max) / 2) as Vector;
  let radius = 0;
  for (const p of points)
    radius = Math.max(radius, Math.hypot(p[0] - ball[0], p[1] - ball[1], p[2] - ball[2]));
  const hidden = occlusionPoint(ball, points);
  centre.forEach((value, k) => view.setFloat64(8 * k, value, true));
  view.setFloat32(24, low, true);
  view.setFloat32(28, high, true);
  [...ball, radius, ...hidden].forEach((value, k) => view.setFloat64(32 + 8 * k, value, true));
}

/** Numbers vertices by first use: the index coding ("high water mark") needs it. */
function inOrderOfUse(mesh: Mesh): Mesh {
  const count = mesh.u.length;
  const place = new Int32Array(count).fill(-1);
  const triangles = new Uint32Array(mesh.triangles.length);
  let next = 0;
  mesh.triangles.forEach((index, k) => {
    if (place[index] === -1) place[index] = next++;
    triangles[k] = place[index]!;
  });
  const out: Mesh = {
    bounds: mesh.bounds,
    u: new Uint16Array(next),
    v: new Uint16Array(next),
    height: new Float32Array(next),
    normal: new Float32Array(next * 3),
    triangles,
  };
  for (let i = 0; i < count; i++) {
    const p = place[i]!;
    if (p < 0) continue;
    out.u[p] = mesh.u[i]!;
    out.v[p] = mesh.v[i]!;
    out.height[p] = mesh.height[i]!;
    out.normal.set(mesh.normal.subarray(3 * i, 3 * i + 3), 3 * p);
  }
  return out;
}

/** West, south, east, north vertices, each along its edge. */
function edgesOf(mesh: Mesh): number[][] {
  const all = Array.from(mesh.u.keys());
  const { u, v } = mesh;
  return [
    all.filter((i) => u[i] === 0).sort((a, b) => v[a]! - v[b]!),
    all.filter((i) => v[i] === 0).sort((a, b) => u[a]! - u[b]!),
    all.filter((i) => u[i] === FULL).sort((a, b) => v[a]! - v[b]!),
    all.filter((i) => v[i] === FULL).sort((a, b) => u[a]! - u[b]!),
  ];
}

function zigzag(value: number): number {
  return (value << 1) ^ (value >> 31);
}

/** Two bytes for a unit vector (Meyer et al. 2010, octahedral mapping). */
export function toOct([x, y, z]: Vector): [number, number] {
  const sum = Math.abs(x) + Math.abs(y) + Math.abs(z) || 1;
  let a = x / sum;
  let b = y / sum;
  if (z < 0) [a, b] = [(1 - Math.abs(b)) * (a < 0 ? -1 : 1), (1 - Math.abs(a)) * (b < 0 ? -1 : 1)];
  const byte = (value: number): number => Math.round((Math.min(1, Math.max(-1, value)) * 0.5 + 0.5) * 255);
  return [byte(a), byte(b)];
}
