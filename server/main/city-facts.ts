// The city package as the parts of the server want it: regions for ingest, station rows for feeds, facts for pages.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { City } from '../../cities/load.ts';
import type { Basemap } from '../basemap-settings.ts';
import type { NamedPlace } from '../http/gazetteer.ts';
import type { Regions, Rings } from '../ingest/port.ts';
import { riverAxis } from './river-axis.ts';

/** Counties that streams are cut by; overlay units lie inside them. */
export function countiesOf(city: City): City['counties'] {
  return city.counties.filter(({ properties }) => properties.kind === 'county');
}

export function regionsOf(city: City): Regions {
  return {
    bounds: city.profile.bounds,
    cityCode: city.profile.code,
    counties: countiesOf(city).map(({ properties, geometry }) => ({
      code: properties.code,
      polygons: polygonsOf(geometry),
    })),
    towns: city.towns.map(({ code, countyCode: county, lon, lat }) => ({ code, county, lon, lat })),
  };
}

type StationRow = Readonly<Record<string, string>>;

/** Rows of `stations/<file>.csv` by their first column, as text. */
export function stationLookup(city: City): (file: string, id: string) => StationRow | null {
  const files = new Map(
    Object.entries(city.stations).map(([file, rows]) => [
      file,
      new Map(
        (rows as readonly Record<string, unknown>[]).map((row) => [
          String(Object.values(row)[0]),
          textRow(row),
        ]),
      ),
    ]),
  );
  return (file, id) => files.get(file)?.get(id) ?? null;
}

function textRow(row: Record<string, unknown>): StationRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value === null ? '' : String(value)]),
  );
}

/** What GET /api/city says. `tiles`: the folder that /tiles serves; each city has a folder of its own in it. */
export function cityPage(
  city: City,
  { tiles, basemap }: { readonly tiles?: string | undefined; readonly basemap: Basemap },
): Readonly<Record<string, unknown>> {
  const { profile } = city;
  const hasTiles = tiles !== undefined && existsSync(path.join(tiles, profile.id));
  return {
    ...profile,
    basemap,
    tilesUrl: hasTiles ? `/tiles/${profile.id}` : null,
    counties: city.counties.map(({ properties, geometry }) => ({
      ...properties,
      polygons: polygonsOf(geometry),
      labelAt: [properties.seat.lon, properties.seat.lat],
    })),
    towns: city.towns,
    riverAxis: riverAxis(city),
    orderTemplates: city.orderTemplates,
    systems: city.systems.map(({ id, no, title, owner, layer, scene, connected }) => ({
      id,
      no,
      title,
      owner,
      layer,
      scene,
      connected,
    })),
  };
}

/** What GET /api/gazetteer says. */
export function gazetteerPage(city: City): readonly NamedPlace[] {
  return city.gazetteer.map(
    ({ id, name, en, aliases, kind, lon, lat, pinyin, initials, countyCode }): NamedPlace => ({
      id,
      name,
      en,
      aliases,
      kind,
      lon,
      lat,
      pinyin,
      initials,
      countyCode,
    }),
  );
}

function polygonsOf(geometry: City['counties'][number]['geometry']): Rings {
  return [geometry.coordinates];
}
