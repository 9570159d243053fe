// Hatches that cross must not fill more than a quarter of the ground with ink: the lesser ones keep their outline only.
import { contains, middleOf } from '../../geo/geometry.ts';

type Ring = readonly (readonly [number, number])[];

const MOST_INK = 0.25;
/** How far towards an area's corners it is looked at: shared borders are no overlap. */
const TOWARDS_EDGE = 0.6;
const SAMPLES = 12;

/** Share of the ground a hatch covers. */
export const inkOf = ({ pitchPx, linePx }: { pitchPx: number; linePx: number }): number => linePx / pitchPx;

/** Whether each area, the worst first, keeps its hatch. */
export function thinHatches(
  areas: readonly { readonly rings: readonly Ring[]; readonly ink: number }[],
): boolean[] {
  const kept: { rings: readonly Ring[]; ink: number; samples: readonly (readonly [number, number])[] }[] = [];
  return areas.map(({ rings, ink }) => {
    const samples = samplesOf(rings[0] ?? []);
    const under = kept.filter(
      (other) =>
        samples.some((place) => contains(other.rings, place)) ||
        other.samples.some((place) => contains(rings, place)),
    );
    const sum = under.reduce((total, other) => total + other.ink, ink);
    if (sum > MOST_INK) return false;
    kept.push({ rings, ink, samples });
    return true;
  });
}

function samplesOf(ring: Ring): [number, number][] {
  const [x, y] = middleOf(ring);
  const step = Math.max(1, Math.floor(ring.length / SAMPLES));
  return ring
    .filter((_, index) => index % step === 0)
    .map(([lon, lat]) => [x + (lon - x) * TOWARDS_EDGE, y + (lat - y) * TOWARDS_EDGE]);
}
