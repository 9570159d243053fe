// Surfaces of a gravity dam in its valley, metres: x along the crest, y up from the foundation, z downstream. Schematic (示意):
// height and crest length are the dam's, the profile is the usual one, the valley a plain V.
import { BufferGeometry, Float32BufferAttribute } from 'three';

export interface DamSize {
  readonly heightM: number;
  readonly lengthM: number;
}

// Usual proportions of a concrete gravity dam: crest width and downstream batter by height.
const CREST_WIDTH = 0.1;
const BATTER = 0.74;
// Share of the crest's length that the valley floor takes.
const FLOOR_SHARE = 0.22;
/** How far the valley is drawn up and down from the dam, in heights. */
export const REACH = 3.2;
const SLICES = 48;

/** Height of the valley's ground at x, metres; higher than the crest beyond its ends. */
export function groundAt({ heightM, lengthM }: DamSize, x: number): number {
  const floor = (lengthM * FLOOR_SHARE) / 2;
  return Math.max(0, ((Math.abs(x) - floor) / (lengthM / 2 - floor)) * heightM);
}

/** Half the width of the valley at a height, metres. */
export function halfWidthAt({ heightM, lengthM }: DamSize, y: number): number {
  const floor = (lengthM * FLOOR_SHARE) / 2;
  return floor + Math.max(0, y / heightM) * (lengthM / 2 - floor);
}

/** Where the downstream face stands at a height, metres. */
export function faceAt({ heightM }: DamSize, y: number): number {
  return CREST_WIDTH * heightM + Math.max(0, heightM - y - CREST_WIDTH * heightM) * BATTER;
}

type Corner = readonly [x: number, y: number, z: number];

class Surface {
  private readonly places: number[] = [];

  /** Corners counter-clockwise as seen from outside. */
  quad(...[a, b, c, d]: readonly [Corner, Corner, Corner, Corner]): void {
    for (const corner of [a, b, c, a, c, d]) this.places.push(...corner);
  }

  geometry(): BufferGeometry {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new Float32BufferAttribute(this.places, 3));
    geometry.computeVertexNormals();
    return geometry;
  }
}

export function damBody(size: DamSize): BufferGeometry {
  const surface = new Surface();
  const { heightM, lengthM } = size;
  const width = CREST_WIDTH * heightM;
  for (let k = 0; k < SLICES; k++) {
    const [x0, x1] = [(k / SLICES - 0.5) * lengthM, ((k + 1) / SLICES - 0.5) * lengthM];
    const [g0, g1] = [groundAt(size, x0), groundAt(size, x1)];
    const step = heightM - width;
    const [s0, s1] = [Math.max(g0, step), Math.max(g1, step)];
    // Upstream face, crest, the upright part of the downstream face, its batter.
    surface.quad([x1, g1, 0], [x0, g0, 0], [x0, heightM, 0], [x1, heightM, 0]);
    surface.quad([x1, heightM, 0], [x0, heightM, 0], [x0, heightM, width], [x1, heightM, width]);
    surface.quad([x1, heightM, width], [x0, heightM, width], [x0, s0, width], [x1, s1, width]);
    surface.quad([x1, s1, width], [x0, s0, width], [x0, g0, faceAt(size, g0)], [x1, g1, faceAt(size, g1)]);
  }
  return surface.geometry();
}

/** The valley above and below the dam, up to a little over the crest. */
export function valley(size: DamSize): BufferGeometry {
  const surface = new Surface();
  const edge = size.lengthM * 0.62;
  const [up, down] = [-REACH * size.heightM, REACH * size.heightM];
  for (let k = 0; k < SLICES; k++) {
    const [x0, x1] = [(2 * k * edge) / SLICES - edge, (2 * (k + 1) * edge) / SLICES - edge];
    const [g0, g1] = [groundAt(size, x0), groundAt(size, x1)];
    surface.quad([x0, g0, up], [x0, g0, down], [x1, g1, down], [x1, g1, up]);
  }
  return surface.geometry();
}

/** The pool at a height above the foundation, metres. */
export function pool(size: DamSize, y: number): BufferGeometry {
  const surface = new Surface();
  const half = halfWidthAt(size, y);
  const up = -REACH * size.heightM;
  surface.quad([-half, y, 0], [half, y, 0], [half, y, up], [-half, y, up]);
  return surface.geometry();
}

/** What runs down the face below a raised gate: `width` across, from `sill` to the foot of the dam. */
export function chute(size: DamSize, at: { x: number; width: number; sill: number }): BufferGeometry {
  const surface = new Surface();
  const steps = 10;
  const foot = Math.max(groundAt(size, at.x), 0.02 * size.heightM);
  const [x0, x1] = [at.x - at.width / 2, at.x + at.width / 2];
  for (let k = 0; k < steps; k++) {
    const y0 = at.sill - (k / steps) * (at.sill - foot);
    const y1 = at.sill - ((k + 1) / steps) * (at.sill - foot);
    const [z0, z1] = [faceAt(size, y0) + 1.2, faceAt(size, y1) + 1.2];
    surface.quad([x1, y0, z0], [x0, y0, z0], [x0, y1, z1], [x1, y1, z1]);
  }
  return surface.geometry();
}
