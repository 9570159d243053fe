// River erosion on a raster: the stream-power law dh/dt = U − K·Aᵐ·S, solved implicitly along the drainage tree
// (Braun & Willett 2013, Geomorphology 180–181). Slopes become dendritic valleys with concave long profiles.
import { hash01 } from './noise.ts';

export interface Land {
  nx: number;
  ny: number;
  cellX: number;
  cellY: number;
  /** Heights, m. */
  z: Float32Array;
  /** Level of cells that do not move (rivers, floors), m; NaN elsewhere. */
  fixed: Float32Array;
  /** Uplift per step of time, m. */
  uplift: Float32Array;
  /** Erodibility, dimensionless, about 1. */
  weakness: Float32Array;
}

export interface Drainage {
  receiver: Int32Array;
  /** Every cell after its receiver. */
  order: Int32Array;
  /** Upstream area, km². */
  area: Float32Array;
}

const M = 0.45;
// A place that drains more than this carries water and keeps its bed.
const CHANNEL_KM2 = 0.45;

/** Raises every pit to a hair above its outlet, from the fixed cells inward (priority flood, Barnes 2014). */
export function floodPits(land: Land): void {
  const { nx, ny, z, fixed } = land;
  const heap = createHeap(nx * ny);
  const seen = new Uint8Array(nx * ny);
  for (let i = 0; i < z.length; i++) {
    if (Number.isNaN(fixed[i]!)) continue;
    seen[i] = 1;
    heap.push(i, z[i]!);
  }
  for (let i = heap.pop(); i >= 0; i = heap.pop()) {
    const x = i % nx;
    const y = (i - x) / nx;
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const px = x + dx;
        const py = y + dy;
        if (px < 0 || py < 0 || px >= nx || py >= ny) continue;
        const j = py * nx + px;
        if (seen[j] === 1) continue;
        seen[j] = 1;
        const floor = z[i]! + 0.5 + 0.4 * hash01(px, py, 5);
        if (z[j]! < floor) z[j] = floor;
        heap.push(j, z[j]!);
      }
    }
  }
}

function createHeap(capacity: number): { push(i: number, key: number): void; pop(): number } {
  const items = new Int32Array(capacity);
  const keys = new Float32Array(capacity);
  let size = 0;
  const push = (item: number, key: number): void => {
    let i = size++;
    while (i > 0) {
      const p = (i - 1) >> 1;
      if (keys[p]! <= key) break;
      items[i] = items[p]!;
      keys[i] = keys[p]!;
      i = p;
    }
    items[i] = item;
    keys[i] = key;
  };
  const pop = (): number => {
    if (size === 0) return -1;
    const first = items[0]!;
    const item = items[--size]!;
    const key = keys[size]!;
    let i = 0;
    for (let c = 1; c < size; c = 2 * i + 1) {
      if (c + 1 < size && keys[c + 1]! < keys[c]!) c++;
      if (keys[c]! >= key) break;
      items[i] = items[c]!;
      keys[i] = keys[c]!;
      i = c;
    }
    items[i] = item;
    keys[i] = key;
    return first;
  };
  return { push, pop };
}

/** Where every cell drains. A little chance in the choice keeps valleys from following the raster's eight directions. */
export function drain(land: Land, seed: number): Drainage {
  const { nx, ny, cellX, cellY, z, fixed } = land;
  const n = nx * ny;
  const receiver = new Int32Array(n);
  const shifts = [-nx - 1, -nx, -nx + 1, -1, 1, nx - 1, nx, nx + 1];
  const diagonal = 1 / Math.hypot(cellX, cellY);
  const nearness = [diagonal, 1 / cellY, diagonal, 1 / cellX, 1 / cellX, diagonal, 1 / cellY, diagonal];
  for (let y = 0; y < ny; y++) {
    for (let x = 0; x < nx; x++) {
      const i = y * nx + x;
      receiver[i] = i;
      if (fixed[i] === fixed[i]) continue;
      const k0 = y === 0 ? 3 : 0;
      const k1 = y === ny - 1 ? 5 : 8;
      let steepest = 0;
      let chance = scatter(i, seed);
      for (let k = k0; k < k1; k++) {
        const side = (k < 3 ? k : k < 5 ? (k === 3 ? 0 : 2) : k - 5) - 1;
        if (x + side < 0 || x + side >= nx) continue;
        chance = (Math.imul(chance, 1664525) + 1013904223) >>> 0;
        const slope = (z[i]! - z[i + shifts[k]!]!) * nearness[k]! * (0.7 + (chance >>> 8) * (0.6 / 16777216));
        if (slope > steepest) {
          steepest = slope;
          receiver[i] = i + shifts[k]!;
        }
      }
    }
  }
  return { receiver, ...accumulate(land, receiver) };
}

function scatter(i: number, seed: number): number {
  let h = Math.imul(i ^ (seed * 31), 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  return (h ^ (h >>> 13)) >>> 0;
}

function accumulate(land: Land, receiver: Int32Array): { order: Int32Array; area: Float32Array } {
  const n = receiver.length;
  const first = new Int32Array(n).fill(-1);
  const next = new Int32Array(n);
  const order = new Int32Array(n);
  let tail = 0;
  for (let i = 0; i < n; i++) {
    const r = receiver[i]!;
    if (r === i) {
      order[tail++] = i;
      continue;
    }
    next[i] = first[r]!;
    first[r] = i;
  }
  for (let headAt = 0; headAt < tail; headAt++) {
    for (let d = first[order[headAt]!]!; d >= 0; d = next[d]!) order[tail++] = d;
  }
  const area = new Float32Array(n).fill(land.cellX * land.cellY);
  for (let k = n - 1; k >= 0; k--) {
    const i = order[k]!;
    if (receiver[i] !== i) area[receiver[i]!]! += area[i]!;
  }
  return { order, area };
}

/** One implicit step. `strength` is K·dt for weakness 1 and 1 km² of catchment, per km of channel. */
export function erode(land: Land, drainage: Drainage, strength: number): void {
  const { nx, cellX, cellY, z, fixed, uplift, weakness } = land;
  const { receiver, order, area } = drainage;
  const diagonal = Math.hypot(cellX, cellY);
  for (let k = 0; k < order.length; k++) {
    const i = order[k]!;
    const r = receiver[i]!;
    if (r === i) {
      if (fixed[i] !== fixed[i]) z[i]! += 2;
      continue;
    }
    const gap = Math.abs(r - i);
    const length = gap === 1 ? cellX : gap === nx ? cellY : diagonal;
    const f = (strength * weakness[i]! * area[i]! ** M) / length;
    z[i] = (z[i]! + uplift[i]! + f * z[r]!) / (1 + f);
  }
}

/** Soil creep on the slopes (not in channels): rounds crests. `share` 0..0.2 of the difference to the four neighbours. */
export function creep(land: Land, drainage: Drainage, share: number): void {
  const { nx, ny, z, fixed } = land;
  const channel = Math.max(CHANNEL_KM2, 3 * land.cellX * land.cellY);
  const before = z.slice();
  for (let y = 1; y < ny - 1; y++) {
    for (let x = 1; x < nx - 1; x++) {
      const i = y * nx + x;
      if (fixed[i] === fixed[i] || drainage.area[i]! > channel) continue;
      const mean = before[i - 1]! + before[i + 1]! + before[i - nx]! + before[i + nx]! - 4 * before[i]!;
      // Never below the place it drains to: creep digs no pits.
      z[i] = Math.max(before[i]! + share * mean, Math.min(before[i]!, before[drainage.receiver[i]!]! + 0.2));
    }
  }
}
