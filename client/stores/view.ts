// What this screen looks at: visible layers, selection, follow. Panels ask the map for things through here.
import { reactive, shallowReactive, shallowRef } from 'vue';
import type { LonLat } from '../../contracts/column.ts';
import { catalog } from '../catalog.ts';

export interface Selection {
  readonly layer: string;
  readonly key: string;
}

/** Where the camera looks: the place in the middle of the map, from how far, and from which side. */
export interface CameraView {
  readonly at: LonLat;
  readonly rangeM: number;
  readonly headingDeg: number;
  /** −90 is straight down. */
  readonly pitchDeg: number;
}

export type MapMode = '3d' | '2d';

/** A place somebody asked about; named where it came from a search. */
export interface AskedPlace {
  readonly at: LonLat;
  readonly name: string | null;
}

interface View {
  selection: Selection | null;
  hover: Selection | null;
  following: boolean;
  /** The layer whose rows the list twin shows. */
  listed: string;
  /** Camera height above the ground, metres; what is legible depends on it. */
  heightM: number;
  mode: MapMode;
  /** Raised to send the camera home, or to the selection. */
  homeRequest: number;
  flyRequest: number;
  /** Raised to ask about the place in the middle of the map. */
  askRequest: number;
}

export const view = reactive<View>({
  selection: null,
  hover: null,
  following: false,
  listed: 'bus-position',
  heightM: 300_000,
  mode: '3d',
  homeRequest: 0,
  flyRequest: 0,
  askRequest: 0,
});

/** What lies at this place is asked; null: nothing is. */
export const asked = shallowRef<AskedPlace | null>(null);

/** What the map of the moment can be asked for; null while there is none. */
export interface MapPort {
  /** null beside the globe. */
  camera(): CameraView | null;
  look(to: CameraView): void;
  /** A fresh frame with everything drawn on it. */
  picture(): HTMLCanvasElement;
}
export const mapPort = shallowRef<MapPort | null>(null);

/** Visible layers by slug. */
export const visible = shallowReactive(
  new Map<string, boolean>([...catalog.keys()].map((slug) => [slug, true])),
);

export function toggleLayer(slug: string): void {
  visible.set(slug, !visible.get(slug));
}

export function select(selection: Selection | null): void {
  view.selection = selection;
  if (selection) asked.value = null;
  else view.following = false;
}

/** Asks what is at a place; the selection gives way. */
export function ask(place: AskedPlace | null): void {
  asked.value = place;
  if (place) select(null);
}

export function goHome(): void {
  view.following = false;
  view.homeRequest++;
}

export function flyToSelection(): void {
  view.flyRequest++;
}

const NEAR_RANGE_M = 9000;

/** Flies to a place, seen as the camera looks now. */
export function flyToPlace(at: LonLat, rangeM = NEAR_RANGE_M): void {
  view.following = false;
  const now = mapPort.value?.camera();
  mapPort.value?.look({ at, rangeM, headingDeg: 0, pitchDeg: now?.pitchDeg ?? -56 });
}

export function toggleFollow(): void {
  view.following = view.selection !== null && !view.following;
}

export function toggleMode(): void {
  view.mode = view.mode === '3d' ? '2d' : '3d';
}
