// Positions in metres become degrees: by the .prj of a Shapefile or the EPSG code of a GeoJSON.
import proj4 from 'proj4';
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import type { Degrees } from '../stores/temporary.ts';
import { Refusal } from './refusal.ts';

export interface Projection {
  readonly toDegrees: (at: readonly [number, number]) => Degrees;
  /** What is to be known of it. */
  readonly note: Title | null;
}

/** Degrees already: WGS-84 and CGCS2000 differ by centimetres. */
const GEOGRAPHIC = new Set([4326, 4490, 4979, 4480]);
const SAME_DATUM = /WGS[_ ]?(19)?84|CGCS[_ ]?2000|China[_ ](2000|Geodetic)/i;
const OFF_DATUM = title(
  '坐标基准不是 WGS-84 或 CGCS2000，位置可能偏差约 100 米',
  'The datum is neither WGS-84 nor CGCS2000: places may be off by some 100 m',
);

/** null: degrees already. @throws Refusal */
export function projectionOfWkt(wkt: string): Projection | null {
  const isSame = SAME_DATUM.test(wkt);
  const note = isSame ? null : OFF_DATUM;
  if (/^\s*GEOG/i.test(wkt)) return isSame ? null : { toDegrees: ([x, y]) => [x, y], note };
  return { toDegrees: converter(wkt, /^\s*\w+\["([^"]+)"/.exec(wkt)?.[1] ?? '.prj'), note };
}

/** null: degrees already. @throws Refusal naming the code */
export function projectionOfEpsg(code: number): Projection | null {
  if (GEOGRAPHIC.has(code)) return null;
  const definition = definitionOf(code);
  if (definition === null) throw unknown(`EPSG:${code}`);
  return { toDegrees: converter(definition, `EPSG:${code}`), note: null };
}

function definitionOf(code: number): string | null {
  if (code === 3857) return 'EPSG:3857';
  if (code > 32600 && code <= 32660) return `+proj=utm +zone=${code - 32600} +datum=WGS84 +units=m`;
  if (code > 32700 && code <= 32760) return `+proj=utm +zone=${code - 32700} +south +datum=WGS84 +units=m`;
  // CGCS2000 / Gauss–Krüger: zones of 6° with and without the zone before the easting, then zones of 3°.
  if (code >= 4491 && code <= 4501) return gaussKrueger(75 + 6 * (code - 4491), code - 4491 + 13);
  if (code >= 4502 && code <= 4512) return gaussKrueger(75 + 6 * (code - 4502), 0);
  if (code >= 4513 && code <= 4533) return gaussKrueger(75 + 3 * (code - 4513), code - 4513 + 25);
  if (code >= 4534 && code <= 4554) return gaussKrueger(75 + 3 * (code - 4534), 0);
  return null;
}

function gaussKrueger(meridian: number, zone: number): string {
  return `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${zone * 1_000_000 + 500_000} +y_0=0 +ellps=GRS80 +units=m`;
}

function converter(definition: string, name: string): Projection['toDegrees'] {
  try {
    const { inverse } = proj4(definition);
    return ([x, y]) => inverse<[number, number]>([x, y]);
  } catch {
    throw unknown(name);
  }
}

const unknown = (name: string): Refusal =>
  new Refusal(
    `坐标系 ${name} 无法在此转换：请先转为 WGS-84（EPSG:4326）再拖入`,
    `Reference system ${name} cannot be converted here: convert it to WGS-84 (EPSG:4326) first`,
  );
