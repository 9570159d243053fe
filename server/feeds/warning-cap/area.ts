// Areas of one CAP info block: polygons, circles and geocodes → one geometry, names and codes.
import type { Geometry, LonLat } from '../../../contracts/column.ts';
import type { Sink } from '../../kit/feed.ts';
import type { XmlElement } from '../../kit/xml.ts';
import { childrenNamed, textOf } from '../../kit/xml.ts';

export interface CapArea {
  /** null where only geocodes say where: the map draws those regions. */
  readonly geometry: Geometry | null;
  readonly labelAt: LonLat | null;
  readonly names: readonly string[];
  readonly geocodes: readonly string[];
}

/** Sides of the polygon that stands for a circle: within 0.2 % of its radius. */
const CIRCLE_SIDES = 48;
const METRES_PER_DEGREE = 111_320;
const MOST_POINTS = 20_000;

export function readAreas(areas: readonly XmlElement[], sink: Sink): CapArea {
  const rings: LonLat[][] = [];
  const names: string[] = [];
  const geocodes: string[] = [];
  for (const area of areas) {
    const name = textOf(area, 'areaDesc');
    if (name && names.length < 60) names.push(name.slice(0, 80));
    for (const polygon of childrenNamed(area, 'polygon')) pushRing(rings, polygonRing(polygon.text), sink);
    for (const circle of childrenNamed(area, 'circle')) pushRing(rings, circleRing(circle.text), sink);
    for (const code of childrenNamed(area, 'geocode')) {
      const value = textOf(code, 'value');
      if (value && isRegionCode(textOf(code, 'valueName') ?? '', value)) geocodes.push(value.slice(0, 9));
      else sink.ignore(`geocode ${(textOf(code, 'valueName') ?? '').slice(0, 40)}`);
    }
    for (const part of ['altitude', 'ceiling']) if (textOf(area, part)) sink.ignore(`area.${part}`);
  }
  return {
    geometry: geometryOf(rings),
    labelAt: middleOf(rings),
    names,
    geocodes: [...new Set(geocodes)].slice(0, 200),
  };
}

/** GB/T 2260 codes (6 digits), or longer statistical codes whose head is one. */
function isRegionCode(valueName: string, value: string): boolean {
  return /2260|10114|region|区划/i.test(valueName) && /^\d{6,12}$/.test(value);
}

function pushRing(rings: LonLat[][], ring: LonLat[] | null, sink: Sink): void {
  if (ring) rings.push(ring);
  else sink.reject('record/place', 'CAP area: polygon or circle is unreadable', '');
}

/** "lat,lon lat,lon …": CAP puts the latitude first. Needs four points of which the last is the first. */
function polygonRing(text: string): LonLat[] | null {
  const pairs = text.split(/\s+/).filter((pair) => pair !== '');
  if (pairs.length < 4 || pairs.length > MOST_POINTS) return null;
  const ring: LonLat[] = [];
  for (const pair of pairs) {
    const point = latLon(pair);
    if (!point) return null;
    ring.push(point);
  }
  const [first, last] = [ring[0], ring.at(-1)];
  if (first && last && (first[0] !== last[0] || first[1] !== last[1])) ring.push(first);
  return ring;
}

/** "lat,lon radiusKm" */
function circleRing(text: string): LonLat[] | null {
  const [centreText = '', radiusText = ''] = text.split(/\s+/);
  const centre = latLon(centreText);
  const radiusM = Number(radiusText) * 1000;
  if (!centre || radiusText === '' || !(radiusM >= 0 && radiusM <= 2_000_000)) return null;
  const sizeM = Math.max(radiusM, 50);
  const ring: LonLat[] = [];
  for (let side = 0; side <= CIRCLE_SIDES; side++) {
    const angle = (2 * Math.PI * (side % CIRCLE_SIDES)) / CIRCLE_SIDES;
    const dLat = (sizeM * Math.cos(angle)) / METRES_PER_DEGREE;
    const dLon =
      (sizeM * Math.sin(angle)) / (METRES_PER_DEGREE * Math.max(0.01, Math.cos((centre[1] * Math.PI) / 180)));
    ring.push([centre[0] + dLon, centre[1] + dLat]);
  }
  return ring;
}

function latLon(text: string): LonLat | null {
  const [lat = NaN, lon = NaN] = text.split(',').map((part) => (part === '' ? NaN : Number(part)));
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lon, lat] : null;
}

function geometryOf(rings: readonly LonLat[][]): Geometry | null {
  const [only] = rings;
  if (!only) return null;
  return rings.length === 1
    ? { type: 'Polygon', coordinates: [only] }
    : { type: 'MultiPolygon', coordinates: rings.map((ring) => [ring]) };
}

/** The middle of the box of the largest ring: a place for the label. */
function middleOf(rings: readonly LonLat[][]): LonLat | null {
  let best: LonLat | null = null;
  let bestSize = -1;
  for (const ring of rings) {
    let [west, south, east, north] = [180, 90, -180, -90];
    for (const [lon, lat] of ring) {
      [west, east] = [Math.min(west, lon), Math.max(east, lon)];
      [south, north] = [Math.min(south, lat), Math.max(north, lat)];
    }
    const size = (east - west) * (north - south);
    if (size > bestSize) [best, bestSize] = [[(west + east) / 2, (south + north) / 2], size];
  }
  return best;
}
