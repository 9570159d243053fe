// What is at a place: county, town, height, and the two ways of writing its coordinates.
import gcoord from 'gcoord';
import type { LonLat, Title } from '../../../contracts/column.ts';
import { distanceM, isInside } from '../../geodesy.ts';
import type { City } from '../../stores/city.ts';
import type { TownArea } from './land.ts';

export interface Here {
  /** null outside the city. */
  readonly county: Title | null;
  readonly town: {
    readonly name: Title;
    /** Metres to its centre where no outline holds the place; null inside its outline. */
    readonly metres: number | null;
  } | null;
  readonly outside: boolean;
}

/** `areas`: outlines of the towns, as far as they are known. */
export function hereOf(
  { city, areas }: { readonly city: City; readonly areas: readonly TownArea[] },
  at: LonLat,
): Here {
  const county = city.counties.find(
    ({ kind, polygons }) => kind === 'county' && polygons.some((rings) => isInside(at, rings)),
  );
  if (!county) return { county: null, town: null, outside: true };
  const area = areas.find(
    ({ countyCode, polygons }) => countyCode === county.code && polygons.some((rings) => isInside(at, rings)),
  );
  const town = area ? { name: area.name, metres: null } : nearestTown(city, county.code, at);
  return { county: county.name, town, outside: false };
}

/** By its centre, and of the county the place lies in. */
function nearestTown(city: City, county: string, at: LonLat): Here['town'] {
  let nearest: { name: Title; metres: number } | null = null;
  for (const town of city.towns) {
    if (town.countyCode !== county) continue;
    const metres = distanceM(at, town.at);
    if (metres < (nearest?.metres ?? Infinity)) nearest = { name: town.name, metres };
  }
  return nearest;
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
