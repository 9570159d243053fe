// Seeded gradient noise. Same seed and place, same value, on every machine (integer hashing, no Math.random).

export interface Noise {
  /** Smooth noise in about −1..1; x and y in lattice units. */
  at(x: number, y: number): number;
  /** Sum of octaves, each half as long and half as strong; about −1..1. */
  fractal(x: number, y: number, octaves: number): number;
  /** Sharp crests and round floors, 0..1. */
  ridged(x: number, y: number, octaves: number): number;
}

/** A number 0..1 from two integers and a seed. */
export function hash01(x: number, y: number, seed: number): number {
  let h = Math.imul(x | 0, 0x27d4eb2d) ^ Math.imul(y | 0, 0x165667b1) ^ Math.imul(seed | 0, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** A 32-bit seed from text (FNV-1a). */
export function seedOf(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

// Sixteen directions are enough to hide the lattice; a table is four times faster than cos and sin per corner.
const DIRECTIONS = 16;
const DX = Float64Array.from({ length: DIRECTIONS }, (_, i) =>
  Math.cos((2 * Math.PI * (i + 0.37)) / DIRECTIONS),
);
const DY = Float64Array.from({ length: DIRECTIONS }, (_, i) =>
  Math.sin((2 * Math.PI * (i + 0.37)) / DIRECTIONS),
);

function corner(ix: number, iy: number, seed: number): number {
  let h = Math.imul(ix, 0x27d4eb2d) ^ Math.imul(iy, 0x165667b1) ^ seed;
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h >>> 20) & (DIRECTIONS - 1);
}

export function createNoise(seed: number): Noise {
  const mixed = Math.imul(seed | 0, 0x9e3779b1);
  const at = (x: number, y: number): number => {
    const ix = Math.floor(x);
    const iy = Math.floor(y);
    const fx = x - ix;
    const fy = y - iy;
    const a = corner(ix, iy, mixed);
    const b = corner(ix + 1, iy, mixed);
    const c = corner(ix, iy + 1, mixed);
    const d = corner(ix + 1, iy + 1, mixed);
    const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
    const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
    const va = DX[a]! * fx + DY[a]! * fy;
    const vb = DX[b]! * (fx - 1) + DY[b]! * fy;
    const vc = DX[c]! * fx + DY[c]! * (fy - 1);
    const vd = DX[d]! * (fx - 1) + DY[d]! * (fy - 1);
    const top = va + u * (vb - va);
    // 1.5 brings the practical range of gradient noise to about −1..1.
    return 1.5 * (top + v * (vc + u * (vd - vc) - top));
  };
  const fractal = (x: number, y: number, octaves: number): number => {
    let sum = 0;
    let strength = 0.5;
    for (let o = 0, f = 1; o < octaves; o++, f *= 2.03, strength *= 0.5)
      sum += strength * at(x * f + o * 17.3, y * f - o * 9.1);
    return sum;
  };
  const ridged = (x: number, y: number, octaves: number): number => {
    let sum = 0;
    let strength = 0.5;
    let gain = 1;
    for (let o = 0, f = 1; o < octaves; o++, f *= 2.07, strength *= 0.5) {
      const crest = 1 - Math.min(1, Math.abs(at(x * f + o * 31.7, y * f + o * 5.9)));
      const value = crest * crest * gain;
      sum += strength * value;
      gain = Math.min(1, value * 1.6);
    }
    return sum;
  };
  return { at, fractal, ridged };
}
