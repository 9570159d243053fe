// What lies around a place, layer by layer, nearest first: out of the rows this page has, as last reported.
import type { LonLat } from '../../contracts/column.ts';
import type { Layer } from '../../contracts/layer.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { distanceM, distanceToLineM, isInside } from '../geodesy.ts';
import { pathsOf, placeOfRow, shapeOf } from './row-place.ts';
import { nameOf } from './rows.ts';

/** Rings around a place that can be chosen, kilometres. */
export const radiiKm = [1, 3, 5, 10] as const;

export interface NearRow {
  readonly key: string;
  readonly name: string;
  /** 0 inside an area. */
  readonly metres: number;
}

export interface NearLayer {
  readonly layer: Layer;
  readonly rows: readonly NearRow[];
}

/** A degree of latitude is never shorter than this, metres: what is farther in degrees need not be measured. */
const LEAST_DEGREE_M = 110_500;

interface Ring {
  readonly at: LonLat;
  readonly radiusM: number;
}

/** Rows of a table within `radiusM`, nearest first. */
export function nearRows(table: LayerTable, at: LonLat, radiusM: number): NearRow[] {
  const rows: NearRow[] = [];
  for (let slot = 0; slot < table.highWater; slot++) {
    if (table.alive[slot] !== 1) continue;
    const metres = metresTo(table, slot, { at, radiusM });
    if (metres <= radiusM) rows.push({ key: table.keyAt(slot), name: nameOf(table, slot), metres });
  }
  return rows.sort((a, b) => a.metres - b.metres || a.key.localeCompare(b.key));
}

/** Rows of a table that are points within `radiusM`, nearest first: no lines, no areas. */
export function pointsNear(table: LayerTable, at: LonLat, radiusM: number): NearRow[] {
  for (const store of table.stores.columns.values()) if (store.kind === 'geometry') return [];
  return nearRows(table, at, radiusM);
}

function metresTo(table: LayerTable, slot: number, { at, radiusM }: Ring): number {
  const shape = shapeOf(table, slot);
  const paths = pathsOf(shape);
  if (paths.length === 0) {
    const place = placeOfRow(table, slot);
    if (!place || Math.abs(place[1] - at[1]) * LEAST_DEGREE_M > radiusM * 1.1) return Infinity;
    return distanceM(at, place);
  }
  const area = shape?.type === 'Polygon' || shape?.type === 'MultiPolygon';
  if (area && isInside(at, paths)) return 0;
  return Math.min(...paths.map((path) => distanceToLineM(at, path)));
}
