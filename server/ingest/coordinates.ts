// Coordinate systems of sources → WGS-84 degrees. CGCS2000 differs from WGS-84 by less than a metre and is taken as equal.
import gcoordModule from 'gcoord';
import type { Geometry, LonLat } from '../../contracts/column.ts';
import type { Crs } from '../kit/feed.ts';

/** Its typings describe the bundler build only: this is what the module is in Node. */
interface Gcoord {
  transform(position: LonLat, from: string, to: string): LonLat;
  readonly WGS84: string;
  readonly GCJ02: string;
  readonly BD09: string;
}
const gcoord = gcoordModule as unknown as Gcoord;

/** null: positions may stay as they are. */
export type ToWgs84 = ((position: LonLat) => LonLat) | null;

export function conversionFrom(crs: Crs): ToWgs84 {
  switch (crs) {
    case 'WGS-84':
    case 'CGCS2000':
      return null;
    case 'GCJ-02':
      return (position) => gcoord.transform(position, gcoord.GCJ02, gcoord.WGS84);
    case 'BD-09':
      return (position) => gcoord.transform(position, gcoord.BD09, gcoord.WGS84);
  }
}

/** A converted copy; references into tilesets stay as they are. */
export function convertGeometry(geometry: Geometry, convert: (position: LonLat) => LonLat): Geometry {
  switch (geometry.type) {
    case 'Point':
      return { type: 'Point', coordinates: convert(geometry.coordinates) };
    case 'MultiPoint':
    case 'LineString':
      return { type: geometry.type, coordinates: geometry.coordinates.map(convert) };
    case 'MultiLineString':
    case 'Polygon':
      return { type: geometry.type, coordinates: geometry.coordinates.map((line) => line.map(convert)) };
    case 'MultiPolygon':
      return {
        type: 'MultiPolygon',
        coordinates: geometry.coordinates.map((polygon) => polygon.map((ring) => ring.map(convert))),
      };
    case 'TilesetFeature':
      return geometry;
  }
}

/** A point that stands for a shape: the middle of the box of its outer positions; null for tileset references. */
export function representativePoint(geometry: Geometry): LonLat | null {
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  eachPosition(geometry, ([lon, lat]) => {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  });
  return west <= east ? [(west + east) / 2, (south + north) / 2] : null;
}

export function eachPosition(geometry: Geometry, visit: (position: LonLat) => void): void {
  switch (geometry.type) {
    case 'Point':
      visit(geometry.coordinates);
      return;
    case 'MultiPoint':
    case 'LineString':
      geometry.coordinates.forEach(visit);
      return;
    case 'MultiLineString':
    case 'Polygon':
      geometry.coordinates.forEach((line) => line.forEach(visit));
      return;
    case 'MultiPolygon':
      geometry.coordinates.forEach((polygon) => polygon.forEach((ring) => ring.forEach(visit)));
      return;
    case 'TilesetFeature':
  }
}
