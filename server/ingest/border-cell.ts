// One cell of the region grid a border runs through: which counties hold its middle, and the border lines near it. A
// place lies in the same county as the middle unless an odd number of that county's lines pass between the two.
import pointInPolygon from 'point-in-polygon-hao';

export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

type Position = readonly [lon: number, lat: number];
type Polygons = readonly (readonly (readonly Position[])[])[];

interface County {
  /** Region of its places in this cell. */
  readonly code: string;
  readonly polygons: Polygons;
}

interface Side {
  readonly code: string;
  readonly holdsMiddle: boolean;
  /** x0, y0, x1, y1 of each line. */
  readonly lines: Float64Array;
}

export class BorderCell {
  readonly #lon: number;
  readonly #lat: number;
  readonly #sides: readonly Side[];

  constructor(box: Box, counties: readonly County[]) {
    this.#lon = (box.west + box.east) / 2;
    this.#lat = (box.south + box.north) / 2;
    const sides = counties.map(({ polygons, code }) => ({
      code,
      holdsMiddle: holds(polygons, [this.#lon, this.#lat]),
      lines: linesNear(polygons, box),
    }));
    this.#sides = sides.filter(({ holdsMiddle, lines }) => holdsMiddle || lines.length > 0);
  }

  /** Region of a place in the cell, of several counties that of the first; '': none. */
  codeAt(lon: number, lat: number): string {
    for (let at = 0; at < this.#sides.length; at += 1) {
      const { code, holdsMiddle, lines } = this.#sides[at] as Side;
      if (holdsMiddle !== this.#isCutOff(lines, lon, lat)) return code;
    }
    return '';
  }

  /** A corner of two lines is on one side only, so that it counts once. */
  #isCutOff(lines: Float64Array, lon: number, lat: number): boolean {
    const dx = lon - this.#lon;
    const dy = lat - this.#lat;
    let isOdd = false;
    for (let at = 0; at < lines.length; at += 4) {
      const x0 = lines[at] as number;
      const y0 = lines[at + 1] as number;
      const x1 = lines[at + 2] as number;
      const y1 = lines[at + 3] as number;
      const isLeft0 = dx * (y0 - this.#lat) - dy * (x0 - this.#lon) >= 0;
      const isLeft1 = dx * (y1 - this.#lat) - dy * (x1 - this.#lon) >= 0;
      if (isLeft0 === isLeft1) continue;
      const isPlaceLeft = (x1 - x0) * (lat - y0) - (y1 - y0) * (lon - x0) >= 0;
      const isMiddleLeft = (x1 - x0) * (this.#lat - y0) - (y1 - y0) * (this.#lon - x0) >= 0;
      if (isPlaceLeft !== isMiddleLeft) isOdd = !isOdd;
    }
    return isOdd;
  }
}

function holds(polygons: Polygons, at: Position): boolean {
  return polygons.some((polygon) => pointInPolygon([...at], polygon as [number, number][][]) !== false);
}

/** Lines whose box meets the cell. */
function linesNear(polygons: Polygons, { west, south, east, north }: Box): Float64Array {
  const found: number[] = [];
  for (const ring of polygons.flat()) {
    for (let at = 0; at + 1 < ring.length; at += 1) {
      const [x0, y0] = ring[at] as Position;
      const [x1, y1] = ring[at + 1] as Position;
      if (Math.max(x0, x1) < west || Math.min(x0, x1) > east) continue;
      if (Math.max(y0, y1) < south || Math.min(y0, y1) > north) continue;
      found.push(x0, y0, x1, y1);
    }
  }
  return Float64Array.from(found);
}
