// The static tiles of the city as the map needs them: shapes with names, rivers with their water level, towns with people.
import type { Title } from '../../../contracts/column.ts';
import type { County } from '../../stores/city.ts';

type Pair = readonly [lon: number, lat: number];
interface Feature {
  readonly properties: Record<string, unknown>;
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}

export interface NamedLine {
  readonly id: string;
  readonly name: Title;
  readonly kind: string;
  /** Number of a road, empty where it has none. */
  readonly ref: string;
  readonly lines: readonly (readonly Pair[])[];
}

export interface NamedPoint {
  readonly id: string;
  readonly name: Title;
  readonly kind: string;
  readonly at: Pair;
  readonly population: number;
  readonly elevationM: number | null;
  /** Grade of a scenic area, "5A" the highest; empty for what has none. */
  readonly level: string;
}

export interface Lake {
  readonly id: string;
  /** The reservoir it is, empty for a natural lake: its dam is the place `dam-<reservoir>`. */
  readonly reservoir: string;
  readonly name: Title;
  readonly polygons: readonly (readonly (readonly Pair[])[])[];
  readonly labelAt: Pair;
}

export interface Basemap {
  readonly counties: readonly (County & { readonly seatName: string | null })[];
  /** The outline of the whole city. */
  readonly outline: readonly (readonly Pair[])[];
  readonly rivers: readonly NamedLine[];
  readonly lakes: readonly Lake[];
  readonly roads: readonly NamedLine[];
  readonly railways: readonly NamedLine[];
  readonly towns: readonly NamedPoint[];
  readonly peaks: readonly NamedPoint[];
  readonly places: readonly NamedPoint[];
  /** The city's tiles hold buildings. */
  readonly hasBuildings: boolean;
}

/** What is drawn from close by only, and asked for when the camera comes near. */
export interface Detail {
  readonly minorRoads: readonly NamedLine[];
  readonly townLines: readonly (readonly Pair[])[];
  readonly villages: readonly NamedPoint[];
}

const asked = new Map<string, Promise<Basemap>>();

/** The basemap of these tiles, asked for once: the page asks while the globe is on its way, the stage when it is there. */
export function basemapOf(tilesUrl: string): Promise<Basemap> {
  const known = asked.get(tilesUrl) ?? fetchBasemap(tilesUrl);
  asked.set(tilesUrl, known);
  return known;
}

async function fetchBasemap(tilesUrl: string): Promise<Basemap> {
  const read = (name: string): Promise<readonly Feature[]> => fetchFeatures(tilesUrl, name);
  const [hasBuildings, ...files] = await Promise.all([
    readBuildings(tilesUrl),
    ...['counties', 'city', 'rivers', 'lakes', 'roads', 'railways', 'towns', 'peaks', 'places'].map(read),
  ]);
  const [counties, city, rivers, lakes, roads, railways, towns, peaks, places] = files;
  return {
    counties: (counties ?? []).map(toCounty),
    outline: (city ?? []).flatMap((feature) => polygonsOf(feature).flat()),
    rivers: (rivers ?? []).map((feature) => toLine(feature, 'order')),
    lakes: (lakes ?? []).map(toLake),
    roads: (roads ?? []).map((feature) => toLine(feature, 'class')),
    railways: (railways ?? []).map((feature) => toLine(feature, 'kind')),
    towns: (towns ?? []).map(toPoint),
    peaks: (peaks ?? []).map(toPoint),
    places: (places ?? []).map(toPoint),
    hasBuildings,
  };
}

/** Whatever of the detail the city's tiles hold. */
export async function fetchDetail(tilesUrl: string): Promise<Detail> {
  const present = await readPresent(tilesUrl);
  const read = (name: string): Promise<readonly Feature[]> =>
    present.has(name) ? fetchFeatures(tilesUrl, name) : Promise.resolve([]);
  const [minorRoads, towns, villages] = await Promise.all(
    ['minor-roads', 'town-areas', 'villages'].map(read),
  );
  return {
    minorRoads: (minorRoads ?? []).map((feature) => toLine(feature, 'class')),
    townLines: (towns ?? []).flatMap((feature) => polygonsOf(feature).flat()),
    villages: (villages ?? []).map(toPoint),
  };
}

/** Streets, the largest file: for street height only. */
export async function fetchStreets(tilesUrl: string): Promise<readonly NamedLine[]> {
  const present = await readPresent(tilesUrl);
  if (!present.has('streets')) return [];
  return (await fetchFeatures(tilesUrl, 'streets')).map((feature) => toLine(feature, 'class'));
}

/** Names of the files the city's tiles hold beyond what every map needs. */
async function readPresent(tilesUrl: string): Promise<ReadonlySet<string>> {
  const response = await fetch(`${tilesUrl}/vector/manifest.json`).catch(() => null);
  if (!response?.ok) return new Set();
  const { files } = (await response.json()) as { files?: object };
  return new Set(Object.keys(files ?? {}));
}

async function readBuildings(tilesUrl: string): Promise<boolean> {
  const response = await fetch(`${tilesUrl}/manifest.json`).catch(() => null);
  if (!response?.ok) return false;
  const { parts } = (await response.json()) as { parts?: object };
  return parts !== undefined && 'buildings' in parts;
}

/** A file the city does not have is no feature at all: the map is poorer, not broken. */
async function fetchFeatures(tilesUrl: string, name: string): Promise<readonly Feature[]> {
  const response = await fetch(`${tilesUrl}/vector/${name}.json`).catch(() => null);
  if (!response?.ok) return [];
  const body = (await response.json()) as { features?: unknown };
  return Array.isArray(body.features) ? (body.features as Feature[]) : [];
}

function titleOf(value: unknown): Title {
  if (typeof value === 'string') return { zh: value, en: value };
  const { zh, en } = (value ?? {}) as Partial<Title>;
  return { zh: zh ?? '', en: en || (zh ?? '') };
}

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

function linesOf({ geometry }: Feature): readonly (readonly Pair[])[] {
  if (geometry.type === 'LineString') return [geometry.coordinates as Pair[]];
  if (geometry.type === 'MultiLineString') return geometry.coordinates as Pair[][];
  return [];
}

function polygonsOf({ geometry }: Feature): readonly (readonly (readonly Pair[])[])[] {
  if (geometry.type === 'Polygon') return [geometry.coordinates as Pair[][]];
  if (geometry.type === 'MultiPolygon') return geometry.coordinates as Pair[][][];
  return [];
}

function toLine(feature: Feature, kind: string): NamedLine {
  const { properties } = feature;
  return {
    id: textOf(properties['id']),
    name: titleOf(properties['name']),
    kind: textOf(properties[kind]),
    ref: textOf(properties['ref']),
    lines: linesOf(feature),
  };
}

function toPoint({ properties, geometry }: Feature): NamedPoint {
  return {
    id: textOf(properties['id'] ?? properties['code']),
    name: titleOf(properties['name']),
    kind: textOf(properties['kind']),
    at: geometry.coordinates as Pair,
    population: Number(properties['population'] ?? 0),
    elevationM: properties['elevationM'] === undefined ? null : Number(properties['elevationM']),
    level: textOf(properties['level']),
  };
}

function toLake(feature: Feature): Lake {
  const polygons = polygonsOf(feature);
  return {
    id: textOf(feature.properties['id']),
    reservoir: textOf(feature.properties['reservoir']),
    name: titleOf(feature.properties['name']),
    polygons,
    labelAt: (feature.properties['labelAt'] as Pair | undefined) ?? polygons[0]?.[0]?.[0] ?? [0, 0],
  };
}

function toCounty(feature: Feature): County & { seatName: string | null } {
  const seat = feature.properties['seat'] as { name?: string } | undefined;
  return {
    code: textOf(feature.properties['code']),
    name: titleOf(feature.properties['name']),
    kind: textOf(feature.properties['kind']),
    polygons: polygonsOf(feature),
    labelAt: null,
    seatName: seat?.name ?? null,
  };
}
