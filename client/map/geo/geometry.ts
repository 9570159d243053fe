// Lines and rings out of the geometries a column may hold.
import type { Geometry, LonLat } from '../../../contracts/column.ts';

export function linesOf(geometry: Geometry | null): readonly (readonly LonLat[])[] {
  if (geometry?.type === 'LineString') return [geometry.coordinates];
  return geometry?.type === 'MultiLineString' ? geometry.coordinates : [];
}

/** Polygons as lists of rings, outside first. */
export function polygonsOf(geometry: Geometry | null): readonly (readonly (readonly LonLat[])[])[] {
  if (geometry?.type === 'Polygon') return [geometry.coordinates];
  return geometry?.type === 'MultiPolygon' ? geometry.coordinates : [];
}
