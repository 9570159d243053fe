// Where a row lies, for flying there, lists of what is near, and marks: its position, else a point of its shape.
import type { Geometry, LonLat } from '../../contracts/column.ts';
import type { LayerTable } from '../../contracts/table.ts';

/** The shape of a row; null where its layer has none or the row does not say. */
export function shapeOf(table: LayerTable, slot: number): Geometry | null {
  for (const store of table.stores.columns.values()) if (store.kind === 'geometry') return store.value(slot);
  return null;
}

/** Degrees of a row as last reported; null where nothing says. */
export function placeOfRow(table: LayerTable, slot: number): LonLat | null {
  for (const store of table.stores.columns.values()) {
    if (store.kind !== 'position') continue;
    const place = store.value(slot);
    if (place) return place;
  }
  return anchorOf(shapeOf(table, slot));
}

/** Lines of a shape: of a polygon its rings. */
export function pathsOf(shape: Geometry | null): readonly (readonly LonLat[])[] {
  switch (shape?.type) {
    case 'LineString':
      return [shape.coordinates];
    case 'MultiLineString':
    case 'Polygon':
      return shape.coordinates;
    case 'MultiPolygon':
      return shape.coordinates.flat();
    default:
      return [];
  }
}

function anchorOf(shape: Geometry | null): LonLat | null {
  if (shape?.type === 'Point') return shape.coordinates;
  if (shape?.type === 'MultiPoint') return shape.coordinates[0] ?? null;
  const [path] = pathsOf(shape);
  if (!path || path.length === 0) return null;
  if (shape?.type === 'LineString' || shape?.type === 'MultiLineString')
    return path[Math.floor((path.length - 1) / 2)] ?? null;
  const middle = path.reduce(([x, y], [lon, lat]) => [x + lon / path.length, y + lat / path.length], [0, 0]);
  return [middle[0] ?? 0, middle[1] ?? 0];
}
