// What is at a place: county, nearest town, height, and the two ways of writing its coordinates.
import gcoord from 'gcoord';
import type { LonLat, Title } from '../../../contracts/column.ts';
import { distanceM, isInside } from '../../geodesy.ts';
import type { City, Town } from '../../stores/city.ts';

export interface Here {
  /** null outside the city. */
  readonly county: Title | null;
  readonly town: { readonly town: Town; readonly metres: number } | null;
  readonly outside: boolean;
}

export function hereOf(city: City, at: LonLat): Here {
  const county = city.counties.find(
    ({ kind, polygons }) => kind === 'county' && polygons.some((rings) => isInside(at, rings)),
  );
  const towns = county ? city.towns.filter(({ countyCode }) => countyCode === county.code) : [];
  let town: Here['town'] = null;
  for (const one of towns) {
    const metres = distanceM(at, one.at);
    if (metres < (town?.metres ?? Infinity)) town = { town: one, metres };
  }
  return { county: county?.name ?? null, town, outside: !county };
}

const DIGITS = 6;
const written = ([lon = 0, lat = 0]: readonly number[]): string =>
  `${lon.toFixed(DIGITS)}, ${lat.toFixed(DIGITS)}`;

/** The place in WGS-84 (GPS, this product) and in GCJ-02 (maps published in China), "lon, lat". */
export function coordinatesOf(at: LonLat): { readonly wgs84: string; readonly gcj02: string } {
  return {
    wgs84: written(at),
    gcj02: written(gcoord.transform([at[0], at[1]], gcoord.WGS84, gcoord.GCJ02)),
  };
}
