// Whether a ring drawn by a person is an area: corners apart, no edge crossing another, inside the city's own box.
type LonLat = readonly [lon: number, lat: number];
type Bounds = readonly [west: number, south: number, east: number, north: number];

/** Square degrees below which a ring is a line: about 100 m² on the ground. */
const LEAST_AREA = 1e-8;

/** What is wrong with it and where, corners counted from 1; null: it is an area. */
export function ringFault(ring: readonly LonLat[], [west, south, east, north]: Bounds): string | null {
  for (const [at, [lon, lat]] of ring.entries()) {
    if (lon < west || lon > east || lat < south || lat > north)
      return `corner ${at + 1} (${lon}, ${lat}) lies outside the city: longitude ${west} to ${east}, latitude ${south} to ${north}`;
    const next = cornerAt(ring, at + 1);
    if (lon === next[0] && lat === next[1]) return `corner ${at + 1} is there twice`;
  }
  for (let one = 0; one < ring.length; one++)
    for (let other = one + 2; other < ring.length; other++) {
      const isNeighbour = one === 0 && other === ring.length - 1;
      if (!isNeighbour && cross(edgeAt(ring, one), edgeAt(ring, other)))
        return `the edge from corner ${one + 1} crosses that from corner ${other + 1}`;
    }
  return Math.abs(signedArea(ring)) < LEAST_AREA ? 'its corners lie on one line' : null;
}

const cornerAt = (ring: readonly LonLat[], at: number): LonLat => ring[at % ring.length] as LonLat;
const edgeAt = (ring: readonly LonLat[], at: number): [LonLat, LonLat] => [
  cornerAt(ring, at),
  cornerAt(ring, at + 1),
];

/** Above 0: c lies to the left of the way from a to b. */
const side = (a: LonLat, b: LonLat, c: LonLat): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

function cross([a, b]: [LonLat, LonLat], [c, d]: [LonLat, LonLat]): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

function signedArea(ring: readonly LonLat[]): number {
  return (
    ring.reduce((sum, [lon, lat], at) => {
      const [lon2, lat2] = cornerAt(ring, at + 1);
      return sum + lon * lat2 - lon2 * lat;
    }, 0) / 2
  );
}
