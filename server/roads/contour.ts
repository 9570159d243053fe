// Lines of equal value on a raster as rings (marching squares; Lorensen & Cline 1987 in the plane): what lies below the
// level is inside. Pure.

export interface Field {
  /** Row by row from the south; no value is NaN. */
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
}
type Point = readonly [x: number, y: number];

/** Sides of a cell: south, east, north, west. Which sides a line goes from and to, by the corners inside (SW 1, SE 2, NE 4, NW 8). */
const SIDES: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [[0, 3]],
  [[1, 0]],
  [[1, 3]],
  [[2, 1]],
  // The two corners of a saddle are taken as apart.
  [
    [0, 3],
    [2, 1],
  ],
  [[2, 0]],
  [[2, 3]],
  [[3, 2]],
  [[0, 2]],
  [
    [1, 0],
    [3, 2],
  ],
  [[1, 2]],
  [[3, 1]],
  [[0, 1]],
  [[3, 0]],
  [],
];

/**
 * Rings in raster coordinates, closed, the inside on their left: outer rings run anticlockwise, holes clockwise.
 * The border of the raster must lie outside the level.
 */
export function contour({ values, width, height }: Field, level: number): Point[][] {
  const next = new Map<number, number>();
  const at = (x: number, y: number): number => values[y * width + x] as number;
  const side = (x: number, y: number, which: number): number => {
    // Horizontal sides have even ids, vertical ones odd ones.
    if (which === 0) return (y * width + x) * 2;
    if (which === 2) return ((y + 1) * width + x) * 2;
    return (y * width + x + (which === 1 ? 1 : 0)) * 2 + 1;
  };
  for (let y = 0; y < height - 1; y++) {
    for (let x = 0; x < width - 1; x++) {
      const inside =
        Number(at(x, y) <= level) |
        (Number(at(x + 1, y) <= level) << 1) |
        (Number(at(x + 1, y + 1) <= level) << 2) |
        (Number(at(x, y + 1) <= level) << 3);
      for (const [from, to] of SIDES[inside] ?? []) next.set(side(x, y, from), side(x, y, to));
    }
  }
  const place = (id: number): Point => {
    const cell = id >> 1;
    const [x, y] = [cell % width, Math.floor(cell / width)];
    const isVertical = (id & 1) === 1;
    const [a, b] = [at(x, y), isVertical ? at(x, y + 1) : at(x + 1, y)];
    const share = a === b ? 0.5 : (level - a) / (b - a);
    return isVertical ? [x, y + share] : [x + share, y];
  };
  const rings: Point[][] = [];
  for (const start of [...next.keys()]) {
    if (!next.has(start)) continue;
    const ring: Point[] = [];
    for (let id: number | undefined = start; id !== undefined && next.has(id);) {
      ring.push(place(id));
      const to: number | undefined = next.get(id);
      next.delete(id);
      id = to;
    }
    if (ring.length >= 3) rings.push([...ring, ring[0] as Point]);
  }
  return rings;
}

/** Above 0: anticlockwise. */
export function signedArea(ring: readonly Point[]): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1] as Point, ring[i] as Point];
    sum += a[0] * b[1] - b[0] * a[1];
  }
  return sum / 2;
}
