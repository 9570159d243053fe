// Positions in other reference systems become degrees: UTM, Gauss–Krüger on CGCS2000, web Mercator; anything else is refused.
import proj4 from 'proj4';
import { problem, type BuildProblem } from './problem.ts';

export interface Projection {
  toDegrees(x: number, y: number): [lon: number, lat: number];
  fromDegrees(lon: number, lat: number): [x: number, y: number];
}

/** Degrees already: WGS-84 and CGCS2000 differ by centimetres. */
const GEOGRAPHIC = new Set([4326, 4490, 4979, 4480]);
const FALSE_EASTING_M = 500_000;
const ZONE_PREFIX_M = 1_000_000;

/** Null: already degrees. Throws a BuildProblem for a system that is not known here. */
export function projectionOfEpsg(code: number, where: string): Projection | null {
  if (GEOGRAPHIC.has(code)) return null;
  const definition = definitionOf(code);
  if (definition === undefined) throw unknownSystem(`EPSG:${code}`, where);
  return projectionOf(definition);
}

function definitionOf(code: number): string | undefined {
  if (code === 3857) return '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m';
  if (code > 32600 && code <= 32660) return `+proj=utm +zone=${code - 32600} +datum=WGS84 +units=m`;
  if (code > 32700 && code <= 32760) return `+proj=utm +zone=${code - 32700} +south +datum=WGS84 +units=m`;
  // CGCS2000 / Gauss–Krüger: zones of 6° with and without the zone before the easting, then zones of 3°.
  if (code >= 4491 && code <= 4501) return gaussKrueger(75 + 6 * (code - 4491), code - 4491 + 13);
  if (code >= 4502 && code <= 4512) return gaussKrueger(75 + 6 * (code - 4502), 0);
  if (code >= 4513 && code <= 4533) return gaussKrueger(75 + 3 * (code - 4513), code - 4513 + 25);
  if (code >= 4534 && code <= 4554) return gaussKrueger(75 + 3 * (code - 4534), 0);
  return undefined;
}

function gaussKrueger(meridian: number, zone: number): string {
  const easting = zone * ZONE_PREFIX_M + FALSE_EASTING_M;
  return `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${easting} +y_0=0 +ellps=GRS80 +units=m`;
}

// Datums that are WGS-84 within a metre. Beijing 54 and Xi'an 80 are off by some 100 m: they need local parameters.
const SAME_DATUM = /WGS[_ ]?(19)?84|CGCS[_ ]?2000|China[_ ](2000|Geodetic)/i;

/** From the text of a .prj file. Null: already degrees. Throws a BuildProblem. */
export function projectionOfWkt(wkt: string, where: string): Projection | null {
  const name = /^\s*\w+\["([^"]+)"/.exec(wkt)?.[1] ?? 'an unknown system';
  if (!SAME_DATUM.test(wkt)) throw unknownSystem(name, where);
  if (/^\s*GEOG/i.test(wkt)) return null;
  const definition = transverseMercatorOf(wkt);
  if (definition === undefined) throw unknownSystem(name, where);
  return projectionOf(definition);
}

/** UTM and Gauss–Krüger alike; undefined for every other projection and for feet. */
function transverseMercatorOf(wkt: string): string | undefined {
  if (
    !/PROJECTION\["(Transverse_Mercator|Gauss_Kruger)"/i.test(wkt) ||
    !/UNIT\["met(er|re)s?",\s*1(\.0*)?[\],]/i.test(wkt)
  )
    return undefined;
  const parameter = (name: string): number | undefined => {
    const text = new RegExp(`PARAMETER\\["${name}",\\s*(-?[0-9.eE+-]+)`, 'i').exec(wkt)?.[1];
    return text === undefined ? undefined : Number(text);
  };
  const meridian = parameter('central_meridian');
  if (meridian === undefined) return undefined;
  const [k, x0, y0] = [
    parameter('scale_factor') ?? 1,
    parameter('false_easting') ?? 0,
    parameter('false_northing') ?? 0,
  ];
  const lat0 = parameter('latitude_of_origin') ?? 0;
  return `+proj=tmerc +lat_0=${lat0} +lon_0=${meridian} +k=${k} +x_0=${x0} +y_0=${y0} +ellps=GRS80 +units=m`;
}

function projectionOf(definition: string): Projection {
  const converter = proj4(definition);
  return {
    toDegrees: (x, y) => converter.inverse<[number, number]>([x, y]),
    fromDegrees: (lon, lat) => converter.forward<[number, number]>([lon, lat]),
  };
}

function unknownSystem(name: string, where: string): BuildProblem {
  const isTable = /\.(shp|prj|geojson|json)$/i.test(where);
  return problem(
    `Reference system ${name} cannot be converted here`,
    where,
    isTable
      ? 'Convert it once: ogr2ogr -t_srs EPSG:4326 wgs84.geojson your-file'
      : 'Convert it once: gdalwarp -t_srs EPSG:4326 -r bilinear your-file.tif wgs84.tif',
  );
}
