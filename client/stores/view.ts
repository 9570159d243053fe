// What this screen looks at: visible layers, selection, follow. Panels ask the map for things through here.
import { reactive, shallowReactive, shallowRef } from 'vue';
import type { LonLat } from '../../contracts/column.ts';
import { catalog } from '../catalog.ts';
import type { Building } from '../looks/building-look.ts';
import { buildings } from './buildings.ts';

export interface Selection {
  readonly layer: string;
  readonly key: string;
}

/** Centre of interest, and the part of the picture free for it beside what lies over the map; shares of the picture. */
export interface Aim {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the camera should be, and which part of the picture what it looks at should fill. */
export interface CameraGoal {
  /** A box in degrees that fills that part, or a place seen from `rangeM`. */
  readonly target:
    | { readonly bounds: readonly [west: number, south: number, east: number, north: number] }
    | { readonly at: readonly [lon: number, lat: number]; readonly rangeM: number };
  readonly pitchDeg: number;
  /** Where it looks, clockwise from north; absent: north. */
  readonly headingDeg?: number;
  readonly aim: Aim;
}

/** Where the camera looks: the place in the middle of the map, from how far, and from which side. */
export interface CameraView {
  readonly at: LonLat;
  readonly rangeM: number;
  readonly headingDeg: number;
  /** −90 is straight down. */
  readonly pitchDeg: number;
}

/** A place somebody asked about; named where it came from a search. */
export interface AskedPlace {
  readonly at: LonLat;
  readonly name: string | null;
}

interface View {
  selection: Selection | null;
  hover: Selection | null;
  /** The dam that is shown close up, over the map: its id. */
  closeup: string | null;
  following: boolean;
  /** The layer whose rows the list twin shows. */
  listed: string;
  /** Camera height above the ground, metres; what is legible depends on it. */
  heightM: number;
  /** Raised to send the camera home, or to the selection. */
  homeRequest: number;
  flyRequest: number;
  /** What home is while a scene is shown; null: the whole city. */
  goal: CameraGoal | null;
  /** Raised to turn the camera to the north. */
  northRequest: number;
  /** The map is seen straight from above, without relief. */
  flat: boolean;
  /** Raised to ask about the place in the middle of the map. */
  askRequest: number;
}

export const view = reactive<View>({
  selection: null,
  hover: null,
  closeup: null,
  following: false,
  listed: 'bus-position',
  heightM: 300_000,
  homeRequest: 0,
  flyRequest: 0,
  goal: null,
  northRequest: 0,
  flat: false,
  askRequest: 0,
});

/** What lies at this place is asked; null: nothing is. */
export const asked = shallowRef<AskedPlace | null>(null);

/** Metres from the middle of the earth, then heading, pitch and roll in radians. */
export type CameraPose = readonly [
  x: number,
  y: number,
  z: number,
  heading: number,
  pitch: number,
  roll: number,
];

/** What the map of the moment can be asked for; null while there is none. */
export interface MapPort {
  /** null beside the globe. */
  camera(): CameraView | null;
  look(to: CameraView): void;
  /** Exactly where the camera stands; null where the map cannot say. */
  pose(): CameraPose | null;
  /** There at once, whatever flight is on its way. */
  stand(at: CameraPose): void;
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
  buildings.picked = null;
  if (selection) asked.value = null;
  else view.following = false;
}

/** Opens the card of a building; the selection gives way. */
export function selectBuilding(building: Building | null): void {
  ask(null);
  select(null);
  buildings.picked = building;
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

/** Makes this the home of the screen and flies there. */
export function flyToGoal(goal: CameraGoal): void {
  view.goal = goal;
  goHome();
}

export function flyToSelection(): void {
  view.flyRequest++;
}

/** Selects a row and flies there. */
export function showRow(layer: string, key: string): void {
  select({ layer, key });
  flyToSelection();
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

export function faceNorth(): void {
  view.northRequest++;
}

export function toggleFlat(): void {
  view.flat = !view.flat;
}
