// Areas of towns where the city has no boundaries of them: what is nearer to one town than to any other of its county (示意).
import type { Ring } from '../city/features.ts';

interface TownPoint {
  code: string;
  county: string;
  at: [number, number];
}

export interface TownArea {
  code: string;
  rings: Ring[];
}

/** Voronoi cells cut to their county. Neighbours share their border exactly. */
export function townAreas(towns: readonly TownPoint[], counties: ReadonlyMap<string, Ring[]>): TownArea[] {
  return towns.flatMap((town) => {
    const county = counties.get(town.county);
    if (!county) return [];
    // Degrees of longitude are shorter: distances are compared on a plane of the town's latitude.
    const squeeze = Math.cos((town.at[1] * Math.PI) / 180);
    let rings = county;
    for (const other of towns) {
      if (other === town || other.county !== town.county) continue;
      rings = rings
        .map((ring) => cutAt(ring, { own: town.at, other: other.at, squeeze }))
        .filter((ring) => ring.length > 3);
    }
    return rings.length === 0 ? [] : [{ code: town.code, rings }];
  });
}

interface Side {
  own: [number, number];
  other: [number, number];
  squeeze: number;
}

/** What of a closed ring lies on the own side of the middle between two places (Sutherland–Hodgman). */
function cutAt(ring: Ring, { own, other, squeeze }: Side): Ring {
  const nx = (other[0] - own[0]) * squeeze * squeeze;
  const ny = other[1] - own[1];
  const [mx, my] = [(own[0] + other[0]) / 2, (own[1] + other[1]) / 2];
  const beyond = ([x, y]: [number, number]): number => (x - mx) * nx + (y - my) * ny;
  const out: Ring = [];
  for (let k = 0; k + 1 < ring.length; k++) {
    const [from, to] = [ring[k]!, ring[k + 1]!];
    const [a, b] = [beyond(from), beyond(to)];
    if (a <= 0) out.push(from);
    if (a <= 0 !== b <= 0) {
      const t = a / (a - b);
      out.push([from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])]);
    }
  }
  if (out.length > 0) out.push(out[0]!);
  return out;
}
