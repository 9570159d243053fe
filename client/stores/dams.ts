// Dams whose dimensions the city's tiles know, for their close-up. Asked for once, when a reservoir is first chosen.
import { shallowRef } from 'vue';
import type { Title } from '../../contracts/column.ts';

export interface Dam {
  readonly id: string;
  readonly name: Title;
  readonly at: readonly [lon: number, lat: number];
  /** From the lowest foundation to the crest, m. */
  readonly heightM: number;
  /** Null: not known, then drawn four times as long as high (示意). */
  readonly crestLengthM: number | null;
  /** Levels above the sea, m; null where none is set. */
  readonly crestLevelM: number | null;
  readonly normalM: number | null;
  readonly floodLimitM: number | null;
  readonly deadM: number | null;
  readonly designM: number | null;
  readonly checkM: number | null;
}

/** Null: not asked yet. */
export const dams = shallowRef<readonly Dam[] | null>(null);
let asking = false;

/** A city without the file has no close-ups. */
export async function loadDams(tilesUrl: string): Promise<void> {
  if (asking || dams.value) return;
  asking = true;
  try {
    const response = await fetch(`${tilesUrl}/vector/dams.json`);
    dams.value = response.ok ? parseDams(await response.json()) : [];
  } catch {
    // The network failed, not the city: the next choice asks again.
    dams.value = null;
  } finally {
    asking = false;
  }
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** Features that do not fit are left out. */
export function parseDams(body: unknown): Dam[] {
  const features = isObject(body) && Array.isArray(body['features']) ? body['features'].filter(isObject) : [];
  return features.flatMap((feature) => {
    const facts = isObject(feature['properties']) ? feature['properties'] : {};
    const geometry = isObject(feature['geometry']) ? feature['geometry'] : {};
    const [lon, lat] = Array.isArray(geometry['coordinates']) ? (geometry['coordinates'] as unknown[]) : [];
    const number = (name: string): number | null =>
      typeof facts[name] === 'number' && Number.isFinite(facts[name]) ? facts[name] : null;
    const heightM = number('heightM');
    if (heightM === null || heightM <= 0 || typeof lon !== 'number' || typeof lat !== 'number') return [];
    const name = isObject(facts['name']) ? facts['name'] : {};
    return [
      {
        id: String(facts['id']),
        name: { zh: String(name['zh'] ?? ''), en: String(name['en'] ?? '') },
        at: [lon, lat] as const,
        heightM,
        crestLengthM: number('crestLengthM'),
        crestLevelM: number('crestLevelM'),
        normalM: number('normalM'),
        floodLimitM: number('floodLimitM'),
        deadM: number('deadM'),
        designM: number('designM'),
        checkM: number('checkM'),
      },
    ];
  });
}

/** A reservoir is reported at its dam: this far apart they are still one, degrees (about 1 km). */
const SAME_PLACE_DEG = 0.01;

/** The dam of a reservoir by its place; undefined where none is known. */
export function damAt(list: readonly Dam[] | null, place: readonly number[] | null): Dam | undefined {
  const [lon, lat] = place ?? [];
  if (!list || lon === undefined || lat === undefined) return undefined;
  return list.find(
    ({ at }) => Math.abs(at[0] - lon) < SAME_PLACE_DEG && Math.abs(at[1] - lat) < SAME_PLACE_DEG,
  );
}
