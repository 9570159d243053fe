// The 45° hatch of an area as lines on the ground: the light map has no shader of its own for it.
type Pair = readonly [lon: number, lat: number];
type Ring = readonly Pair[];
export type Segment = readonly [from: Pair, to: Pair];

/**
 * Lines at 45° inside an area, even–odd over all its rings.
 * @param rings outside first, then holes; degrees
 * @param pitchDeg distance between two lines, degrees of latitude
 * @param most lines at most: a pitch finer than the area can carry is made coarser
 */
export function hatchLines(rings: readonly Ring[], pitchDeg: number, most = 400): Segment[] {
  const outer = rings[0];
  if (!outer || outer.length < 3 || !(pitchDeg > 0)) return [];
  const squeeze = Math.cos(((outer[0]?.[1] ?? 0) * Math.PI) / 180);
  const turned = rings.map((ring) => ring.map(([lon, lat]) => turn(lon * squeeze, lat)));
  let low = Infinity;
  let high = -Infinity;
  for (const [, across] of turned.flat()) {
    low = Math.min(low, across);
    high = Math.max(high, across);
  }
  const pitch = Math.max(pitchDeg, (high - low) / most);
  const segments: Segment[] = [];
  for (let line = Math.ceil(low / pitch) * pitch; line <= high; line += pitch) {
    const crossings = crossingsOf(turned, line);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = crossings[i] ?? 0;
      const to = crossings[i + 1] ?? 0;
      segments.push([back(from, line, squeeze), back(to, line, squeeze)]);
    }
  }
  return segments;
}

/** Along and across the hatch. */
const turn = (x: number, y: number): Pair => [(x + y) * Math.SQRT1_2, (y - x) * Math.SQRT1_2];

const back = (along: number, across: number, squeeze: number): Pair => [
  ((along - across) * Math.SQRT1_2) / squeeze,
  (along + across) * Math.SQRT1_2,
];

/** As `hatchLines`, leaning the other way: drawn in a mirror and turned back. */
export function counterHatchLines(rings: readonly Ring[], pitchDeg: number): Segment[] {
  const mirrored = rings.map((ring) => ring.map(([lon, lat]): Pair => [-lon, lat]));
  return hatchLines(mirrored, pitchDeg).map(([from, to]): Segment => [
    [-from[0], from[1]],
    [-to[0], to[1]],
  ]);
}

function crossingsOf(rings: readonly (readonly Pair[])[], line: number): number[] {
  const at: number[] = [];
  for (const ring of rings) {
    ring.forEach(([along, across], index) => {
      const [nextAlong, nextAcross] = ring[(index + 1) % ring.length] ?? [along, across];
      if (across > line === nextAcross > line) return;
      at.push(along + ((line - across) / (nextAcross - across)) * (nextAlong - along));
    });
  }
  return at.sort((a, b) => a - b);
}
