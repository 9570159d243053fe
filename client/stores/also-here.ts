// What else lies where the chosen object lies: several objects under one click, to go through by hand or by key.
import { computed, shallowRef } from 'vue';
import type { LonLat } from '../../contracts/column.ts';
import type { Layer } from '../../contracts/layer.ts';
import { mirrors } from './layers.ts';
import { pointsNear, type NearRow } from './near-rows.ts';
import { placeOfRow, shapeOf } from './row-place.ts';
import { cityNow } from './time.ts';
import { select, view, visible, type Selection } from './view.ts';

export interface HereRow extends NearRow {
  readonly layer: Layer;
}

/** What a finger covers of the map, as a share of the camera's height: 14 px at 1080 lines and a lens of 25°. */
const FINGER = 0.007;
/** Not less than things on one site lie apart, not more than what people call one place, metres. */
const LEAST_M = 60;
const MOST_M = 400;
/** Things move: the list is made anew this often, seconds of the city's clock. */
const EVERY_S = 5;

/** How far apart objects are one place for people at this height of the camera, metres. */
export const samePlaceM = (heightM: number): number => Math.min(MOST_M, Math.max(LEAST_M, heightM * FINGER));

/** Going through the objects of a place does not move the place. */
const pinned = shallowRef<{ readonly of: Selection; readonly at: LonLat } | null>(null);
const isSame = (a: Selection | null, b: Selection | null): boolean =>
  a?.layer === b?.layer && a?.key === b?.key;

/** The place of the chosen point; null for lines and areas, which cover others on purpose. */
function placeOf(selection: Selection): LonLat | null {
  if (pinned.value && isSame(pinned.value.of, selection)) return pinned.value.at;
  const table = mirrors.get(selection.layer)?.table;
  const slot = table?.slotOf(selection.key) ?? -1;
  return table && slot >= 0 && shapeOf(table, slot) === null ? placeOfRow(table, slot) : null;
}

const beat = computed(() => Math.floor(cityNow.value / 1000 / EVERY_S));

/** All objects of shown layers at the place of the chosen one, itself among them, always in the same order. */
export const rowsHere = computed((): readonly HereRow[] => {
  const { selection } = view;
  const at = selection && beat.value >= 0 ? placeOf(selection) : null;
  if (!selection || !at) return [];
  const radiusM = samePlaceM(view.heightM);
  const found: HereRow[] = [];
  for (const [slug, { layer, table }] of mirrors) {
    if (!table || !(visible.get(slug) || slug === selection.layer)) continue;
    for (const row of pointsNear(table, at, radiusM))
      if (visible.get(slug) || row.key === selection.key) found.push({ ...row, layer });
  }
  return found.sort((a, b) => a.layer.slug.localeCompare(b.layer.slug) || a.key.localeCompare(b.key));
});

/** Chooses another object of the place. */
export function chooseHere(next: Selection): void {
  const at = view.selection && placeOf(view.selection);
  pinned.value = at ? { of: next, at } : null;
  select(next);
}

/** The object after the chosen one, round and round; false where it lies alone. */
export function chooseNextHere(): boolean {
  const rows = rowsHere.value;
  const now = rows.findIndex(({ layer, key }) => isSame(view.selection, { layer: layer.slug, key }));
  const next = rows[(now + 1) % rows.length];
  if (!next || rows.length < 2) return false;
  chooseHere({ layer: next.layer.slug, key: next.key });
  return true;
}
