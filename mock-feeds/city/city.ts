// The city package as the simulator sees it. Every file may be missing: there are then fewer objects.
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { parseCsv, type Row } from './csv.ts';
import { distanceM, insideRings, type LonLat } from '../engine/geo.ts';

export interface County {
  code: string;
  name: string;
  kind: 'county' | 'overlay';
  seat: LonLat;
  rings: readonly (readonly LonLat[])[];
}

export interface Place {
  id: string;
  kind: string;
  name: string;
  position: LonLat;
}

export interface Facility extends Place {
  /** What the package says of it besides. */
  properties: Readonly<Record<string, unknown>>;
}

export interface Town extends Place {
  code: string;
  countyCode: string;
  population: number;
}

export interface Line {
  id: string;
  name: string;
  /** Road class, or '' for what is not a road. */
  class: string;
  freeFlowKmh: number;
  properties: Readonly<Record<string, unknown>>;
  points: readonly LonLat[];
}

export interface City {
  id: string;
  code: string;
  name: string;
  /** Name without the word for city, as it is used in ship names. */
  shortName: string;
  /** What number plates of the city begin with; '' where the package does not say. */
  plate: string;
  timeZone: string;
  /** west, south, east, north. */
  bbox: readonly [number, number, number, number];
  centre: LonLat;
  counties: readonly County[];
  towns: readonly Town[];
  places: readonly Facility[];
  roads: readonly Line[];
  rivers: readonly Line[];
  /** Rows of `stations/<name>.csv` that carry a position; empty where the file is missing. */
  stations(name: string): readonly Row[];
  /** All rows of `stations/<name>.csv`. */
  table(name: string): readonly Row[];
  /** The county's six-digit code, or the city's own code outside every county. */
  regionOf(position: LonLat): string;
  calendar: { holidays: ReadonlySet<string>; shiftedWorkdays: ReadonlySet<string> };
  /** By reservoir: codes of the towns downstream that acknowledge its orders. */
  downstream: Readonly<Record<string, readonly string[]>>;
}

type Json = Readonly<Record<string, unknown>>;
interface Feature {
  properties: Json;
  geometry: { type: string; coordinates: unknown } | null;
}

const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

/** Text of a plain string or of the Chinese side of {zh, en}. */
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : String(asObject(value)['zh'] ?? '');

const isLonLat = (value: unknown): value is LonLat =>
  Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number';

/** A position written as [lon, lat], {lon, lat} or {position: [lon, lat]}. */
function positionOf(value: unknown): LonLat | null {
  if (isLonLat(value)) return [value[0], value[1]];
  const o = asObject(value);
  if (o['lon'] !== undefined && o['lat'] !== undefined) return [Number(o['lon']), Number(o['lat'])];
  for (const key of ['position', 'coordinates', 'lonLat']) if (isLonLat(o[key])) return positionOf(o[key]);
  return null;
}

function features(dir: string, file: string): Feature[] {
  const path = join(dir, file);
  if (!existsSync(path)) return [];
  const list = asObject(JSON.parse(readFileSync(path, 'utf8')))['features'];
  return Array.isArray(list) ? (list as Feature[]) : [];
}

/** All vertex chains of a geometry, whatever its type. */
function chains(geometry: Feature['geometry']): LonLat[][] {
  const found: LonLat[][] = [];
  const walk = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    if (isLonLat(value[0])) found.push(value.filter(isLonLat).map((p) => [p[0], p[1]]));
    else for (const part of value) walk(part);
  };
  if (geometry !== null) walk(geometry.coordinates);
  return found;
}

function lines(dir: string, file: string): Line[] {
  return features(dir, file).flatMap((feature, index) =>
    chains(feature.geometry)
      .filter((points) => points.length >= 2)
      .map((points, part) => {
        const p = feature.properties;
        const id = textOf(p['id']) || `${file}-${index}`;
        return {
          id: part === 0 ? id : `${id}-${part}`,
          name: textOf(p['ref']) || textOf(p['name']) || id,
          class: textOf(p['class']),
          freeFlowKmh: Number(p['freeFlowKmh']) || 50,
          properties: p,
          points,
        };
      }),
  );
}

function middle(points: readonly LonLat[]): LonLat {
  const sum = points.reduce<[number, number]>((s, p) => [s[0] + p[0], s[1] + p[1]], [0, 0]);
  return [sum[0] / Math.max(1, points.length), sum[1] / Math.max(1, points.length)];
}

function readCounties(dir: string): County[] {
  return features(dir, 'counties.geojson').map(({ properties: p, geometry }) => {
    const rings = chains(geometry);
    return {
      code: textOf(p['code']),
      name: textOf(p['name']),
      kind: p['kind'] === 'overlay' ? 'overlay' : 'county',
      seat: positionOf(p['seat']) ?? middle(rings[0] ?? []),
      rings,
    };
  });
}

function readTowns(dir: string): Town[] {
  const path = join(dir, 'towns.csv');
  if (!existsSync(path)) return [];
  return parseCsv(readFileSync(path, 'utf8'))
    .map((r) => ({
      id: `town-${r['code'] ?? ''}`,
      kind: r['kind'] || 'town',
      code: r['code'] ?? '',
      name: r['name'] ?? '',
      countyCode: r['county_code'] ?? '',
      population: Number(r['population']) || 12_000,
      position: [Number(r['lon']), Number(r['lat'])] as LonLat,
    }))
    .filter((town) => town.position[0] !== 0 && Number.isFinite(town.position[0] + town.position[1]));
}

function readPlaces(dir: string): Facility[] {
  return features(dir, 'places.geojson').flatMap(({ properties: p, geometry }, index) => {
    const position = positionOf(geometry?.coordinates) ?? middle(chains(geometry)[0] ?? []);
    if (!Number.isFinite(position[0]) || position[0] === 0) return [];
    return [
      {
        id: textOf(p['id']) || `place-${index}`,
        kind: textOf(p['kind']),
        name: textOf(p['name']),
        position,
        properties: p,
      },
    ];
  });
}

const isPlaced = (row: Row): boolean =>
  Number(row['lon']) !== 0 && Number.isFinite(Number(row['lon']) + Number(row['lat']));

function readStations(dir: string): Map<string, Row[]> {
  const folder = join(dir, 'stations');
  const tables = new Map<string, Row[]>();
  if (!existsSync(folder)) return tables;
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.csv'))) {
    const rows = parseCsv(readFileSync(join(folder, file), 'utf8'));
    tables.set(file.slice(0, -4), rows);
  }
  return tables;
}

/** Dates of a calendar file of any depth: lists under a key naming holidays or workdays, ranges as from/to. */
function readCalendar(dir: string): City['calendar'] {
  const holidays = new Set<string>();
  const shiftedWorkdays = new Set<string>();
  const file = ['calendar.yaml', 'calendar.json']
    .map((name) => join(dir, name))
    .find((path) => existsSync(path));
  const addRange = (into: Set<string>, from: string, to: string): void => {
    for (let t = Date.parse(from); t <= Date.parse(to); t += 86_400_000)
      into.add(new Date(t).toISOString().slice(0, 10));
  };
  const dateText = (value: unknown): string =>
    value instanceof Date ? value.toISOString().slice(0, 10) : typeof value === 'string' ? value : '';
  const walk = (value: unknown, into: Set<string> | null): void => {
    if (into !== null && /^\d{4}-\d{2}-\d{2}$/.test(dateText(value))) into.add(dateText(value));
    else if (Array.isArray(value)) for (const item of value) walk(item, into);
    else {
      const o = asObject(value);
      const from = dateText(o['from'] ?? o['start']);
      if (into !== null && from !== '') addRange(into, from, dateText(o['to'] ?? o['end']) || from);
      for (const [key, inner] of Object.entries(o)) {
        walk(
          inner,
          /work/i.test(key)
            ? shiftedWorkdays
            : /holiday|golden|days|dates/i.test(key)
              ? (into ?? holidays)
              : into,
        );
      }
    }
  };
  if (file !== undefined) walk(parseYaml(readFileSync(file, 'utf8')), null);
  return { holidays, shiftedWorkdays };
}

type Bbox = [number, number, number, number];

function bboxOf(settings: Json, points: readonly LonLat[]): Bbox {
  const bounds = settings['bbox'] ?? settings['bounds'];
  if (Array.isArray(bounds) && bounds.length === 4) return bounds.map(Number) as Bbox;
  const o = asObject(bounds);
  if (o['west'] !== undefined) return [o['west'], o['south'], o['east'], o['north']].map(Number) as Bbox;
  if (points.length === 0) return [0, 0, 1, 1];
  const lons = points.map((p) => p[0]);
  const lats = points.map((p) => p[1]);
  const least = (list: number[]): number => list.reduce((a, b) => Math.min(a, b));
  const most = (list: number[]): number => list.reduce((a, b) => Math.max(a, b));
  return [least(lons), least(lats), most(lons), most(lats)];
}

/** Reads `cities/<id>`. A missing folder throws; a missing file only makes the city smaller. */
export function loadCity(citiesDir: string, id: string): City {
  const dir = join(citiesDir, id);
  if (!existsSync(dir))
    throw new Error(`city "${id}" → no folder ${dir} → name one of the folders in ${citiesDir}`);
  const file = join(dir, 'city.yaml');
  const settings = existsSync(file) ? asObject(parseYaml(readFileSync(file, 'utf8'))) : {};
  const counties = readCounties(dir);
  const towns = readTowns(dir);
  const roads = lines(dir, 'roads.geojson');
  const tables = readStations(dir);
  const stations = new Map([...tables].map(([name, rows]) => [name, rows.filter(isPlaced)]));
  const corners = counties.flatMap((county) => county.rings.flat());
  const bbox = bboxOf(settings, [
    ...corners,
    ...towns.map((t) => t.position),
    ...roads.flatMap((r) => r.points),
  ]);
  const code = textOf(settings['code']) || (counties[0]?.code ?? '000000').slice(0, 4) + '00';
  const cityName = textOf(settings['title'] ?? settings['name']) || id;
  const units = counties.filter((county) => county.kind === 'county' && county.rings.length > 0);
  return {
    id,
    code,
    name: cityName,
    shortName: cityName.replace(/市$/, ''),
    plate: textOf(settings['plate']),
    timeZone:
      textOf(settings['timeZone'] ?? settings['timezone'] ?? settings['time_zone']) || 'Asia/Shanghai',
    bbox,
    centre: positionOf(settings['centre'] ?? settings['center']) ?? [
      (bbox[0] + bbox[2]) / 2,
      (bbox[1] + bbox[3]) / 2,
    ],
    counties,
    towns,
    places: readPlaces(dir),
    roads,
    rivers: lines(dir, 'rivers.geojson'),
    stations: (name) => stations.get(name) ?? [],
    table: (name) => tables.get(name) ?? [],
    regionOf: (p) => units.find((county) => insideRings(county.rings, p))?.code ?? code,
    calendar: readCalendar(dir),
    downstream: readDownstream(dir),
  };
}

function readDownstream(dir: string): City['downstream'] {
  const file = join(dir, 'acknowledgements.yaml');
  const rules = existsSync(file) ? asObject(parseYaml(readFileSync(file, 'utf8'))) : {};
  return Object.fromEntries(
    Object.entries(asObject(asObject(rules['orders'])['downstream'])).map(([id, towns]) => [
      id,
      Array.isArray(towns) ? towns.map(String) : [],
    ]),
  );
}

/** The nearest of some placed things; null where there is none. */
export function nearest<T extends { position: LonLat }>(list: readonly T[], p: LonLat): T | null {
  let best: T | null = null;
  let away = Infinity;
  for (const item of list) {
    const d = distanceM(item.position, p);
    if (d < away) [best, away] = [item, d];
  }
  return best;
}
