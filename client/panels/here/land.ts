// Roads, rivers and outlines of towns out of the city's tiles, asked once, for "what is here, what is nearest".
import type { LonLat, Title } from '../../../contracts/column.ts';
import { distanceToLineM } from '../../geodesy.ts';

export interface Way {
  readonly name: Title;
  /** Number of a road, for example G5; '' where it has none. */
  readonly ref: string;
  readonly lines: readonly (readonly LonLat[])[];
}

export interface Land {
  readonly roads: readonly Way[];
  readonly rivers: readonly Way[];
}

const asked = new Map<string, Promise<Land>>();

/** @param tilesUrl folder of the city's tiles */
export function loadLand(tilesUrl: string): Promise<Land> {
  let land = asked.get(tilesUrl);
  if (!land) {
    land = Promise.all(['roads', 'rivers'].map((name) => fetchWays(`${tilesUrl}/vector/${name}.json`))).then(
      ([roads = [], rivers = []]) => ({ roads, rivers }),
    );
    asked.set(tilesUrl, land);
  }
  return land;
}

interface Feature {
  readonly properties?: { readonly name?: Partial<Title>; readonly ref?: string; readonly code?: string };
  readonly geometry?: { readonly type: string; readonly coordinates: unknown };
}

/** A file the city does not have holds nothing. */
async function fetchFeatures(url: string): Promise<readonly Feature[]> {
  const response = await fetch(url).catch(() => null);
  if (!response?.ok) return [];
  const { features } = (await response.json()) as { features?: readonly Feature[] };
  return features ?? [];
}

async function fetchWays(url: string): Promise<readonly Way[]> {
  const features = await fetchFeatures(url);
  return features.map(({ properties, geometry }) => {
    const zh = properties?.name?.zh ?? '';
    const lines =
      geometry?.type === 'LineString'
        ? [geometry.coordinates as LonLat[]]
        : geometry?.type === 'MultiLineString'
          ? (geometry.coordinates as LonLat[][])
          : [];
    return { name: { zh, en: properties?.name?.en || zh }, ref: properties?.ref ?? '', lines };
  });
}

export interface NearWay {
  readonly way: Way;
  readonly metres: number;
}

export function nearestWay(ways: readonly Way[], at: LonLat): NearWay | null {
  let best: NearWay | null = null;
  for (const way of ways) {
    for (const line of way.lines) {
      const metres = distanceToLineM(at, line);
      if (metres < (best?.metres ?? Infinity)) best = { way, metres };
    }
  }
  return best;
}

/** A town by its outline; synthetic where the city knows no real one. */
export interface TownArea {
  readonly name: Title;
  readonly countyCode: string;
  /** Rings in degrees; the first of each polygon is its outside. */
  readonly polygons: readonly (readonly (readonly LonLat[])[])[];
}

/** Digits of a county in the code of a town (GB/T 10114). */
const COUNTY_DIGITS = 6;
const askedTowns = new Map<string, Promise<readonly TownArea[]>>();

/** None where the city has no outlines. @param tilesUrl folder of the city's tiles */
export function loadTowns(tilesUrl: string): Promise<readonly TownArea[]> {
  let towns = askedTowns.get(tilesUrl);
  if (!towns) {
    towns = fetchFeatures(`${tilesUrl}/vector/town-areas.json`).then(toTowns);
    askedTowns.set(tilesUrl, towns);
  }
  return towns;
}

export function toTowns(features: readonly Feature[]): readonly TownArea[] {
  return features.flatMap(({ properties, geometry }): TownArea[] => {
    const polygons =
      geometry?.type === 'Polygon'
        ? [geometry.coordinates as LonLat[][]]
        : geometry?.type === 'MultiPolygon'
          ? (geometry.coordinates as LonLat[][][])
          : [];
    const [code, zh] = [properties?.code ?? '', properties?.name?.zh ?? ''];
    if (polygons.length === 0 || zh === '') return [];
    return [
      { name: { zh, en: properties?.name?.en || zh }, countyCode: code.slice(0, COUNTY_DIGITS), polygons },
    ];
  });
}
