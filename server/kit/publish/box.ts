// Which shapes reach into a box of the map. Boxes and shapes in WGS-84 degrees, edges included.
import type { LonLat } from '../../../contracts/column.ts';
import type { Shape } from '../../../contracts/geojson.ts';

/** west ≤ east, south ≤ north. */
export type Box = readonly [west: number, south: number, east: number, north: number];

export function reachesInto(shape: Shape, box: Box): boolean {
  switch (shape.type) {
    case 'Point':
      return isInside(shape.coordinates, box);
    case 'MultiPoint':
      return shape.coordinates.some((place) => isInside(place, box));
    case 'LineString':
      return lineReaches(shape.coordinates, box);
    case 'MultiLineString':
      return shape.coordinates.some((line) => lineReaches(line, box));
    case 'Polygon':
      return areaReaches(shape.coordinates, box);
    case 'MultiPolygon':
      return shape.coordinates.some((rings) => areaReaches(rings, box));
  }
}

/** The box around a shape; null around none of its points. */
export function boxAround(shape: Shape): Box | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of placesOf(shape)) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return west <= east ? [west, south, east, north] : null;
}

function placesOf({ coordinates }: Shape): LonLat[] {
  const places: LonLat[] = [];
  const walk = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    if (typeof part[0] === 'number') places.push(part as unknown as LonLat);
    else part.forEach(walk);
  };
  walk(coordinates);
  return places;
}

const isInside = ([lon, lat]: LonLat, [west, south, east, north]: Box): boolean =>
  lon >= west && lon <= east && lat >= south && lat <= north;

function lineReaches(line: readonly LonLat[], box: Box): boolean {
  const [first] = line;
  if (first && isInside(first, box)) return true;
  for (let at = 1; at < line.length; at += 1) {
    if (segmentReaches(line[at - 1] as LonLat, line[at] as LonLat, box)) return true;
  }
  return false;
}

/** The boundary reaches in, or the box lies in the area and in none of its holes. */
function areaReaches(rings: readonly (readonly LonLat[])[], box: Box): boolean {
  if (rings.some((ring) => lineReaches(ring, box))) return true;
  const corner: LonLat = [box[0], box[1]];
  return rings.filter((ring) => isAround(ring, corner)).length % 2 === 1;
}

/** Liang and Barsky: the part of the segment inside each of the four half-planes, cut one after the other. */
function segmentReaches(a: LonLat, b: LonLat, [west, south, east, north]: Box): boolean {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  let [enter, leave] = [0, 1];
  const cuts = [
    [-dx, a[0] - west],
    [dx, east - a[0]],
    [-dy, a[1] - south],
    [dy, north - a[1]],
  ] as const;
  for (const [slope, room] of cuts) {
    if (slope === 0) {
      if (room < 0) return false;
      continue;
    }
    const at = room / slope;
    if (slope < 0) enter = Math.max(enter, at);
    else leave = Math.min(leave, at);
    if (enter > leave) return false;
  }
  return true;
}

/** Even–odd: a ray to the east crosses the ring an odd number of times. */
function isAround(ring: readonly LonLat[], [lon, lat]: LonLat): boolean {
  let inside = false;
  for (let at = 0, before = ring.length - 1; at < ring.length; before = at, at += 1) {
    const [x1, y1] = ring[at] as LonLat;
    const [x0, y0] = ring[before] as LonLat;
    if (y1 > lat !== y0 > lat && lon < ((x0 - x1) * (lat - y1)) / (y0 - y1) + x1) inside = !inside;
  }
  return inside;
}
