// Named places of the city, asked once: what search finds and what lies around a point.
import { shallowRef } from 'vue';
import type { LonLat, Title } from '../../contracts/column.ts';
import { askServer } from './world.ts';

export interface NamedPlace {
  readonly id: string;
  readonly name: Title;
  readonly aliases: readonly string[];
  readonly kind: string;
  readonly at: LonLat;
  /** The whole reading and its first letters, as the city keeps them. */
  readonly pinyin: string;
  readonly initials: string;
  readonly countyCode: string;
}

/** Empty until the server has answered. */
export const places = shallowRef<readonly NamedPlace[]>([]);
let asking: Promise<void> | null = null;

/** Asks once; a server that does not answer is asked again by the next caller. */
export function loadPlaces(): Promise<void> {
  asking ??= fetchPlaces().then((found) => {
    if (found.length > 0) places.value = found;
    else asking = null;
  });
  return asking;
}

async function fetchPlaces(): Promise<readonly NamedPlace[]> {
  const response = await askServer('/api/gazetteer').catch(() => null);
  if (!response?.ok) return [];
  const body: unknown = await response.json();
  return Array.isArray(body) ? body.flatMap(toPlace) : [];
}

function toPlace(row: unknown): NamedPlace[] {
  const { id, name, en, aliases, kind, lon, lat, pinyin, initials, countyCode } = row as Record<
    string,
    unknown
  >;
  if (typeof id !== 'string' || typeof name !== 'string') return [];
  if (typeof lon !== 'number' || typeof lat !== 'number') return [];
  return [
    {
      id,
      name: { zh: name, en: typeof en === 'string' && en !== '' ? en : name },
      aliases: Array.isArray(aliases) ? aliases.map(String) : [],
      kind: String(kind),
      at: [lon, lat],
      pinyin: String(pinyin ?? ''),
      initials: String(initials ?? ''),
      countyCode: String(countyCode ?? ''),
    },
  ];
}
