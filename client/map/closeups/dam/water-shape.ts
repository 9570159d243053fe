// Water as it runs over the spillway and through the air; the level pools are plain sheets of the scene.
import { BufferGeometry, Float32BufferAttribute } from 'three';
import { jet, ogee, type Bay, type DamPlan, type Point } from './dam-plan.ts';

export interface Run {
  readonly bay: Bay;
  readonly openM: number;
  readonly levelY: number;
  readonly tailY: number;
}

/** How much wider the water is where it falls in. */
const SPREADS = 1.35;

/** The water of one raised gate: down the face, off the lip, into the pool below; opacity as a fourth colour channel. */
export function runGeometry(plan: DamPlan, { bay, openM, levelY, tailY }: Run): BufferGeometry {
  const onFace = ogee(plan).slice(2);
  const flight = jet(plan, { levelY, tailY }).slice(1);
  const thick = Math.min(4, 0.6 + openM * 0.5);
  const path: Point[] = [...onFace.map(([z, y]): Point => [z, y + thick]), ...flight];
  const places: number[] = [];
  const alpha: number[] = [];
  for (const [i, [z, y]] of path.entries()) {
    const inAir = Math.max(0, i - onFace.length + 1) / flight.length;
    const half = (bay.width / 2) * 0.96 * (1 + (SPREADS - 1) * inAir);
    places.push(bay.x - half, y, z, bay.x, y + thick * 0.4, z, bay.x + half, y, z);
    const solid = Math.min(1, 0.45 + openM * 0.12) * (1 - 0.35 * inAir);
    for (const share of [0.7, 1, 0.7]) alpha.push(1, 1, 1, solid * share);
  }
  const corners: number[] = [];
  for (let i = 0; i + 1 < path.length; i++)
    for (const k of [0, 1]) {
      const a = i * 3 + k;
      corners.push(a, a + 3, a + 1, a + 1, a + 3, a + 4);
    }
  return coloured({ places, alpha, corners });
}

/** Broken water on the pool below: brightest in the middle, nothing at the rim. */
export function foamGeometry(
  [x, z]: readonly [number, number],
  [across, along]: readonly [number, number],
  y: number,
): BufferGeometry {
  const sides = 28;
  const places = [x, y, z];
  const alpha = [1, 1, 1, 0.75];
  for (const [ring, solid] of [
    [0.55, 0.5],
    [1, 0],
  ] as const)
    for (let i = 0; i < sides; i++) {
      const angle = (i / sides) * 2 * Math.PI;
      // Never a clean ellipse.
      const reach = ring * (1 + 0.09 * Math.sin(angle * 5 + 1) + 0.06 * Math.sin(angle * 9));
      places.push(x + across * reach * Math.cos(angle), y, z + along * reach * Math.sin(angle));
      alpha.push(1, 1, 1, solid);
    }
  const corners: number[] = [];
  for (let i = 0; i < sides; i++) {
    const [a, b] = [1 + i, 1 + ((i + 1) % sides)];
    corners.push(0, b, a, a, b, a + sides, b, b + sides, a + sides);
  }
  return coloured({ places, alpha, corners });
}

function coloured(parts: { places: number[]; alpha: number[]; corners: number[] }): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new Float32BufferAttribute(parts.places, 3));
  geometry.setAttribute('color', new Float32BufferAttribute(parts.alpha, 4));
  geometry.setIndex(parts.corners);
  geometry.computeVertexNormals();
  return geometry;
}
