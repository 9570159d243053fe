// Concentration downwind of a steady release over flat ground: the Gaussian plume with the dispersion of Briggs (1973).
// Good from 100 m to 10 km; heavy gas, slopes, valleys and buildings are not in it.
import type { StabilityClass, Terrain } from '../../../contracts/records/plume.ts';

/** How far a plume is followed, m: beyond, the dispersion of Briggs was not measured. */
export const FARTHEST_M = 10_000;
/** The height at which people breathe, m. */
export const BREATHING_M = 1.5;
/** Below it there is no direction to speak of, and the formula goes to infinity, m/s. */
export const LEAST_WIND_MS = 0.5;
/** Centre lines are asked at so many places, equal in the logarithm of the distance, before the last crossing is bisected. */
const STEPS = 240;
const NEAREST_M = 1;

export interface Release {
  /** Mass per second, kg/s. */
  readonly rateKgS: number;
  /** Above the ground, m. */
  readonly heightM: number;
  readonly windMs: number;
  readonly stability: StabilityClass;
  readonly terrain: Terrain;
}

type Sigma = (x: number) => number;
type Sigmas = readonly [y: Sigma, z: Sigma];

const open = (x: number): number => (1 + 0.0001 * x) ** -0.5;
const built = (x: number): number => (1 + 0.0004 * x) ** -0.5;
const far = (x: number): number => (1 + 0.0015 * x) ** -0.5;

/** Briggs, open country. x downwind m → m. */
const rural: Readonly<Record<StabilityClass, Sigmas>> = {
  A: [(x) => 0.22 * x * open(x), (x) => 0.2 * x],
  B: [(x) => 0.16 * x * open(x), (x) => 0.12 * x],
  C: [(x) => 0.11 * x * open(x), (x) => 0.08 * x * (1 + 0.0002 * x) ** -0.5],
  D: [(x) => 0.08 * x * open(x), (x) => 0.06 * x * far(x)],
  E: [(x) => 0.06 * x * open(x), (x) => (0.03 * x) / (1 + 0.0003 * x)],
  F: [(x) => 0.04 * x * open(x), (x) => (0.016 * x) / (1 + 0.0003 * x)],
};

const urbanStable: Sigmas = [(x) => 0.11 * x * built(x), (x) => 0.08 * x * far(x)];
const urbanUnstable: Sigmas = [(x) => 0.32 * x * built(x), (x) => 0.24 * x * (1 + 0.001 * x) ** 0.5];
/** Briggs, built-up. */
const urban: Readonly<Record<StabilityClass, Sigmas>> = {
  A: urbanUnstable,
  B: urbanUnstable,
  C: [(x) => 0.22 * x * built(x), (x) => 0.2 * x],
  D: [(x) => 0.16 * x * built(x), (x) => 0.14 * x * (1 + 0.0003 * x) ** -0.5],
  E: urbanStable,
  F: urbanStable,
};

const sigmasOf = ({ terrain, stability }: Pick<Release, 'terrain' | 'stability'>): Sigmas =>
  (terrain === 'urban' ? urban : rural)[stability];

/**
 * Mass of gas in the air, mg/m³.
 * @param x downwind of the source, m @param y across the wind, m; breathing height
 */
export function concentration(release: Release, x: number, y = 0): number {
  if (x <= 0) return 0;
  const [sy, sz] = sigmasOf(release).map((sigma) => sigma(x)) as [number, number];
  const { rateKgS, heightM: h, windMs } = release;
  const wind = Math.max(LEAST_WIND_MS, windMs);
  const across = Math.exp(-(y * y) / (2 * sy * sy));
  const down = (dz: number): number => Math.exp(-(dz * dz) / (2 * sz * sz));
  const up = down(BREATHING_M - h) + down(BREATHING_M + h);
  return ((rateKgS * 1e6) / (2 * Math.PI * wind * sy * sz)) * across * up;
}

/** The farthest place on the centre line where a concentration is reached, m; 0: nowhere; FARTHEST_M: there or beyond. */
export function reachOf(release: Release, mgM3: number): number {
  const at = (step: number): number => NEAREST_M * (FARTHEST_M / NEAREST_M) ** (step / STEPS);
  if (concentration(release, FARTHEST_M) >= mgM3) return FARTHEST_M;
  for (let step = STEPS - 1; step >= 0; step--) {
    if (concentration(release, at(step)) < mgM3) continue;
    let [inside, outside] = [at(step), at(step + 1)];
    while (outside - inside > 0.1) {
      const middle = (inside + outside) / 2;
      if (concentration(release, middle) >= mgM3) inside = middle;
      else outside = middle;
    }
    return inside;
  }
  return 0;
}

/** How far to each side of the centre line a concentration is reached, m; 0: not even on it. */
export function halfWidthAt(release: Release, mgM3: number, x: number): number {
  const centre = concentration(release, x);
  if (centre <= mgM3) return 0;
  const [sigmaY] = sigmasOf(release);
  return sigmaY(x) * Math.sqrt(2 * Math.log(centre / mgM3));
}
