// Areas of rules: a county by its code, a circle, a polygon; asked for a place without allocating.
import type { AlertArea } from '../../contracts/records/alert-rule.ts';
import type { PositionStore } from '../../contracts/stores/position.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { UNKNOWN } from './level.ts';

const METRES_PER_DEGREE = 111_320;

export type LonLat = readonly [lon: number, lat: number];

/** Metres on the ground, on a plane: good to a thousandth over a city. */
export function metresBetween(aLon: number, aLat: number, at: { lon: number; lat: number }): number {
  const shrink = Math.cos((((aLat + at.lat) / 2) * Math.PI) / 180);
  return Math.hypot((aLon - at.lon) * shrink, aLat - at.lat) * METRES_PER_DEGREE;
}

/** [west, south, east, north] around a place. */
export function boxAround(lon: number, lat: number, metres: number): [number, number, number, number] {
  const dy = metres / METRES_PER_DEGREE;
  const dx = dy / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  return [lon - dx, lat - dy, lon + dx, lat + dy];
}

export const positionsOf = (table: LayerTable): PositionStore | null => {
  for (const store of table.stores.columns.values()) if (store.kind === 'position') return store;
  return null;
};

/** What areas name. */
export interface Places {
  readonly placeOf: (id: string) => LonLat | null;
  readonly fenceOf: (id: string) => readonly LonLat[] | null;
}

/** 1 inside, 0 outside, UNKNOWN where the row has no place. */
export function insideOf(
  table: LayerTable,
  area: AlertArea,
  { placeOf, fenceOf }: Places,
): (slot: number) => number {
  if ('county' in area) {
    const { county } = area;
    return (slot) => {
      const region = table.regionAt(slot);
      return region === '' ? UNKNOWN : Number(region.startsWith(county));
    };
  }
  const positions = positionsOf(table);
  if (!positions) throw new Error(`layer ${table.layer.slug} has no positions`);
  if ('fence' in area) {
    const ring = fenceOf(area.fence);
    return ring ? insidePolygon(positions, ring) : () => UNKNOWN;
  }
  if ('polygon' in area) return insidePolygon(positions, area.polygon);
  const centre = 'place' in area ? placeOf(area.place) : area.centre;
  if (!centre) throw new Error('no such place');
  const at = { lon: centre[0], lat: centre[1] };
  const { withinM } = area;
  return (slot) =>
    positions.isNull(slot)
      ? UNKNOWN
      : Number(metresBetween(positions.lon(slot), positions.lat(slot), at) <= withinM);
}

export function insidePolygon(positions: PositionStore, ring: readonly LonLat[]): (slot: number) => number {
  const xs = Float64Array.from(ring, ([lon]) => lon);
  const ys = Float64Array.from(ring, ([, lat]) => lat);
  return (slot) => {
    if (positions.isNull(slot)) return UNKNOWN;
    const x = positions.lon(slot);
    const y = positions.lat(slot);
    let inside = 0;
    for (let i = 0, j = xs.length - 1; i < xs.length; j = i++) {
      const yi = ys[i] as number;
      const yj = ys[j] as number;
      if (yi > y === yj > y) continue;
      const cut = (((xs[j] as number) - (xs[i] as number)) * (y - yi)) / (yj - yi) + (xs[i] as number);
      if (x < cut) inside = 1 - inside;
    }
    return inside;
  };
}
