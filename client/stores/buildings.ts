// The buildings of this screen: what colours them, which are left out, which one is chosen, and what is known of all of them.
import { computed, shallowReactive, shallowRef } from 'vue';
import type { Title } from '../../contracts/column.ts';
import {
  attributes,
  isFiltering,
  legendOf,
  type Attribute,
  type Building,
  type BuildingFilter,
} from '../looks/building-look.ts';
import { countBuildings, parseBuildingTable, type BuildingTable } from './building-table.ts';

export const buildings = shallowReactive<{
  /** The camera is near enough. */
  shown: boolean;
  /** null: no colour but that of stone. */
  colour: Attribute | null;
  /** null: all of them. */
  filter: BuildingFilter | null;
  /** Its card is open. */
  picked: Building | null;
  /** Under the pointer. */
  hovered: Building | null;
  /** Where somebody asked what is there. */
  asked: Building | null;
}>({ shown: false, colour: null, filter: null, picked: null, hovered: null, asked: null });

/** Where the buildings come from. */
export interface BuildingSource {
  readonly note: Title;
  readonly licence: string;
  readonly synthetic: boolean;
  /** Epoch ms. */
  readonly builtAt: number | null;
}

export const buildingTable = shallowRef<BuildingTable | null>(null);
export const buildingSource = shallowRef<BuildingSource | null>(null);
let asked = false;

/** Fetches what is known of all buildings, once; a city without it has buildings that are not counted. */
export async function loadBuildings(tilesUrl: string): Promise<void> {
  if (asked) return;
  asked = true;
  const read = (name: string): Promise<Response | null> =>
    fetch(`${tilesUrl}/buildings/${name}`).then(
      (response) => (response.ok ? response : null),
      () => null,
    );
  const [table, manifest] = await Promise.all([read('table.bin'), read('manifest.json')]);
  // Not there this time: the next look from near asks again.
  asked = table !== null && manifest !== null;
  if (table) buildingTable.value = parseBuildingTable(await table.arrayBuffer());
  if (manifest) buildingSource.value = parseSource(await manifest.json());
}

function parseSource(body: unknown): BuildingSource {
  const { note, licence, synthetic, builtAt } = body as Record<string, unknown>;
  const { zh, en } = (note ?? {}) as Partial<Title>;
  const at = Date.parse(String(builtAt));
  return {
    note: { zh: zh ?? '', en: en ?? zh ?? '' },
    licence: typeof licence === 'string' ? licence : '',
    synthetic: synthetic === true,
    builtAt: Number.isNaN(at) ? null : at,
  };
}

export const buildingCounts = computed(
  () => buildingTable.value && countBuildings(buildingTable.value, buildings.filter),
);

export const buildingLegend = computed(() =>
  buildings.shown ? legendOf({ attribute: buildings.colour, ramp: null }, buildingCounts.value) : [],
);

/** Goes through the attributes, and back to no colour. */
export function nextBuildingColour(): void {
  const now = buildings.colour === null ? -1 : attributes.indexOf(buildings.colour);
  buildings.colour = attributes[now + 1] ?? null;
}

/** Leaves out what does not fit; one part is replaced, absent: it does not matter any more. */
export function filterBuildings(part: {
  readonly [Name in keyof BuildingFilter]: BuildingFilter[Name] | undefined;
}): void {
  const next = { ...buildings.filter, ...part };
  const kept = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
  buildings.filter = isFiltering(kept) ? kept : null;
}
