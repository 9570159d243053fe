// Dams whose dimensions the city's tiles know, for their close-up. Asked for once, when a place is first chosen.
import { shallowRef } from 'vue';
import type { LonLat, Title } from '../../contracts/column.ts';
import type { Row } from '../../contracts/layer.ts';
import type { LayerTable } from '../../contracts/table.ts';
import { distanceM } from '../geodesy.ts';
import { placeOfRow } from './row-place.ts';

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
  /** Nobody has published the level of the crest: it is shown as 约. */
  readonly crestIsApproximate: boolean;
  readonly normalM: number | null;
  readonly floodLimitM: number | null;
  readonly deadM: number | null;
  readonly designM: number | null;
  readonly checkM: number | null;
  /** Where the water flows at the dam, degrees clockwise from north; null: the river is not known. */
  readonly flowDeg: number | null;
  /** The middle of the river, metres: to the left bank and downstream of the dam, upstream end first; may be empty. */
  readonly course: readonly (readonly [leftM: number, downM: number])[];
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
        crestIsApproximate: facts['crestLevelApproximate'] === true,
        normalM: number('normalM'),
        floodLimitM: number('floodLimitM'),
        deadM: number('deadM'),
        designM: number('designM'),
        checkM: number('checkM'),
        flowDeg: number('flowDeg'),
        course: parseCourse(facts['course']),
      },
    ];
  });
}

function parseCourse(value: unknown): [number, number][] {
  const isPoint = (point: unknown): point is [number, number] =>
    Array.isArray(point) && point.length === 2 && point.every((part) => Number.isFinite(part));
  return Array.isArray(value) && value.every(isPoint) ? value : [];
}

/** What stands at a dam is reported within this distance of it, metres. */
const AT_DAM_M = 1000;

/** The dam that stands at a place; undefined where none is known. */
export function damAt(list: readonly Dam[] | null, place: LonLat | null): Dam | undefined {
  if (!list || !place) return undefined;
  let found: Dam | undefined;
  let nearest = AT_DAM_M;
  for (const dam of list) {
    const metres = distanceM(dam.at, place);
    if (metres < nearest) [found, nearest] = [dam, metres];
  }
  return found;
}

/** The reservoir a dam holds: the row that is reported nearest to it; null where none is. */
export function reservoirAt(dam: Dam, table: LayerTable | null): Row | null {
  let found = -1;
  let nearest = AT_DAM_M;
  for (let slot = 0; table && slot < table.highWater; slot++) {
    const place = table.alive[slot] === 1 ? placeOfRow(table, slot) : null;
    if (!place) continue;
    const metres = distanceM(dam.at, place);
    if (metres < nearest) [found, nearest] = [slot, metres];
  }
  return table && found >= 0 ? table.row(found) : null;
}
