// Roads and rivers of the city out of its tiles, asked once, for "what is nearest".
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
  readonly properties?: { readonly name?: Partial<Title>; readonly ref?: string };
  readonly geometry?: { readonly type: string; readonly coordinates: unknown };
}

/** A file the city does not have is no way at all. */
async function fetchWays(url: string): Promise<readonly Way[]> {
  const response = await fetch(url).catch(() => null);
  if (!response?.ok) return [];
  const { features } = (await response.json()) as { features?: readonly Feature[] };
  return (features ?? []).map(({ properties, geometry }) => {
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
