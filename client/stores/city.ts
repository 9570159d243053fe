// GET /api/city: what the page must know about the city before anything else. Untrusted until parsed.
import type { Title } from '../../contracts/column.ts';
import { parseRiverAxis, type RiverAxis } from './river-axis.ts';
import { parseOrderTemplates, type OrderTemplate } from './order-templates.ts';
import { parseOutsideMap, type OutsideMap } from './outside-map.ts';

export interface County {
  readonly code: string;
  readonly name: Title;
  readonly kind: string;
  /** Rings in degrees; the first of each polygon is its outside. */
  readonly polygons: readonly (readonly (readonly (readonly [number, number])[])[])[];
  readonly labelAt: readonly [number, number] | null;
}

export type Bounds = readonly [west: number, south: number, east: number, north: number];

export interface Town {
  readonly code: string;
  readonly countyCode: string;
  readonly name: Title;
  readonly at: readonly [number, number];
}

export interface City {
  /** Code of the whole city. */
  readonly code: string;
  readonly id: string;
  readonly title: Title;
  readonly timeZone: string;
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
  readonly centre: readonly [number, number];
  readonly countyOrder: readonly string[];
  readonly neighbours: readonly { readonly name: Title; readonly labelAt: readonly [number, number] }[];
  readonly mapReviewNumber: string | null;
  readonly schematic: Title | null;
  readonly elevationM: { readonly lowest: number; readonly highest: number } | null;
  readonly counties: readonly County[];
  /** Centres of the towns; their outlines are not known here. */
  readonly towns: readonly Town[];
  /** Names of the counties by code. */
  readonly regionNames: ReadonlyMap<string, Title>;
  /** Boxes around the counties by code, degrees: west, south, east, north. */
  readonly regionBounds: ReadonlyMap<string, Bounds>;
  /** null: the city names no river for it. */
  readonly riverAxis: RiverAxis | null;
  /** Reservoirs and gauges that always stand on the wall, by name, in this order; empty: the largest. */
  readonly watchedWaters: readonly string[];
  /** What is ordered often. */
  readonly orderTemplates: readonly OrderTemplate[];
  /** Folder of the static tiles. */
  readonly tilesUrl: string;
  /** Maps of others, by the settings of the server only. */
  readonly outside: OutsideMap;
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fail(field: string, value: unknown): never {
  throw new Error(
    `/api/city: ${field}: ${JSON.stringify(value)?.slice(0, 80)} does not fit: check the city package`,
  );
}

function toTitle(value: unknown, field: string): Title {
  if (isObject(value) && typeof value['zh'] === 'string' && typeof value['en'] === 'string') {
    return { zh: value['zh'], en: value['en'] };
  }
  return fail(field, value);
}

const isNumbers = (value: unknown, count: number): value is number[] =>
  Array.isArray(value) && value.length === count && value.every((item) => typeof item === 'number');

function toPair(value: unknown, field: string): readonly [number, number] {
  return isNumbers(value, 2) ? [value[0] ?? 0, value[1] ?? 0] : fail(field, value);
}

/** @throws Error naming the field that does not fit */
export function parseCity(body: unknown): City {
  if (!isObject(body)) return fail('body', body);
  const bounds = body['bounds'];
  if (!isNumbers(bounds, 4)) return fail('bounds', bounds);
  const [west = 0, south = 0, east = 0, north = 0] = bounds;
  const id = typeof body['id'] === 'string' ? body['id'] : fail('id', body['id']);
  const neighbours = Array.isArray(body['neighbours']) ? body['neighbours'].filter(isObject) : [];
  const elevation = body['elevationM'];
  return {
    id,
    code: typeof body['code'] === 'string' ? body['code'] : '',
    title: toTitle(body['title'], 'title'),
    timeZone: typeof body['timeZone'] === 'string' ? body['timeZone'] : 'Asia/Shanghai',
    bounds: [west, south, east, north],
    centre:
      body['centre'] === undefined
        ? [(west + east) / 2, (south + north) / 2]
        : toPair(body['centre'], 'centre'),
    countyOrder: Array.isArray(body['countyOrder']) ? body['countyOrder'].map(String) : [],
    neighbours: neighbours.map((one) => ({
      name: toTitle(one['name'], 'neighbours.name'),
      labelAt: toPair(one['labelAt'], 'neighbours.labelAt'),
    })),
    mapReviewNumber: typeof body['mapReviewNumber'] === 'string' ? body['mapReviewNumber'] : null,
    schematic: body['schematic'] ? toTitle(body['schematic'], 'schematic') : null,
    elevationM:
      isObject(elevation) &&
      typeof elevation['lowest'] === 'number' &&
      typeof elevation['highest'] === 'number'
        ? { lowest: elevation['lowest'], highest: elevation['highest'] }
        : null,
    counties: listOf(body['counties']).flatMap(toCounty),
    towns: listOf(body['towns']).flatMap(toTown),
    regionNames: parseRegions(body['counties']),
    regionBounds: parseRegionBounds(body['counties']),
    riverAxis: parseRiverAxis(body['riverAxis']),
    watchedWaters: Array.isArray(body['watchedWaters']) ? body['watchedWaters'].map(String) : [],
    orderTemplates: parseOrderTemplates(body['orderTemplates']),
    tilesUrl: typeof body['tilesUrl'] === 'string' ? body['tilesUrl'] : `/tiles/${id}`,
    outside: parseOutsideMap(body['basemap']),
  };
}

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** A county without an outline is no county here: nothing can be inside it. */
function toCounty(item: Json): County[] {
  const { code, kind, polygons, labelAt } = item;
  if (typeof code !== 'string' || !Array.isArray(polygons)) return [];
  return [
    {
      code,
      name: toTitle(item['name'] ?? item['title'], 'counties.name'),
      kind: String(kind),
      polygons: polygons as County['polygons'],
      labelAt: isNumbers(labelAt, 2) ? [labelAt[0] ?? 0, labelAt[1] ?? 0] : null,
    },
  ];
}

function toTown({ code, countyCode, name, en, lon, lat }: Json): Town[] {
  if (typeof code !== 'string' || typeof lon !== 'number' || typeof lat !== 'number') return [];
  const zh = String(name);
  return [{ code, countyCode: String(countyCode), name: { zh, en: en ? String(en) : zh }, at: [lon, lat] }];
}

/** Counties as GeoJSON features or as a plain list; an address instead of them gives no names. */
function parseRegions(value: unknown): Map<string, Title> {
  const list =
    isObject(value) && Array.isArray(value['features'])
      ? value['features']
      : Array.isArray(value)
        ? value
        : [];
  const names = new Map<string, Title>();
  for (const item of list.filter(isObject)) {
    const facts = isObject(item['properties']) ? item['properties'] : item;
    if (typeof facts['code'] === 'string')
      names.set(facts['code'], toTitle(facts['name'] ?? facts['title'], 'counties.name'));
  }
  return names;
}

/** From the polygons of the plain list; an empty map where there are none. */
function parseRegionBounds(value: unknown): Map<string, Bounds> {
  const found = new Map<string, Bounds>();
  for (const item of Array.isArray(value) ? value.filter(isObject) : []) {
    const points = pairsIn(item['polygons']);
    if (typeof item['code'] !== 'string' || points.length === 0) continue;
    const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)];
    found.set(item['code'], [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]);
  }
  return found;
}

/** Every pair of numbers in nested lists. */
function pairsIn(value: unknown): readonly (readonly [number, number])[] {
  if (isNumbers(value, 2)) return [[value[0] ?? 0, value[1] ?? 0]];
  return Array.isArray(value) ? value.flatMap(pairsIn) : [];
}
