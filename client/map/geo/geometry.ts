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

/** Centre of the area of a ring. */
export function middleOf(ring: readonly (readonly [number, number])[]): readonly [number, number] {
  let area = 0;
  let x = 0;
  let y = 0;
  ring.forEach(([x0, y0], index) => {
    const [x1, y1] = ring[(index + 1) % ring.length] ?? [x0, y0];
    const cross = x0 * y1 - x1 * y0;
    area += cross;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
  });
  return area === 0 ? (ring[0] ?? [0, 0]) : [x / (3 * area), y / (3 * area)];
}

/** Even–odd rule over all rings. */
export function contains(
  rings: readonly (readonly (readonly [number, number])[])[],
  [lon, lat]: readonly [number, number],
): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i] ?? [0, 0];
      const [xj, yj] = ring[j] ?? [0, 0];
      if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}
