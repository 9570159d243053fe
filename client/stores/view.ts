// What this screen looks at: visible layers, selection, follow. Panels ask the map for things through here.
import { reactive, shallowReactive } from 'vue';
import { catalog } from '../catalog.ts';

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
  readonly aim: Aim;
}
const buildingColours = ['use', 'floors', 'heightM', 'residents', 'buildYear'] as const;
type BuildingColour = (typeof buildingColours)[number];

interface View {
  selection: Selection | null;
  hover: Selection | null;
  /** What is shown close up, over the map. */
  closeup: Selection | null;
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
  /** What buildings are coloured by; null for nothing. */
  buildingColour: BuildingColour | null;
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
  buildingColour: null,
});

/** Visible layers by slug. */
export const visible = shallowReactive(
  new Map<string, boolean>([...catalog.keys()].map((slug) => [slug, true])),
);

export function toggleLayer(slug: string): void {
  visible.set(slug, !visible.get(slug));
}

export function select(selection: Selection | null): void {
  view.selection = selection;
  if (!selection) view.following = false;
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

export function toggleFollow(): void {
  view.following = view.selection !== null && !view.following;
}

export function faceNorth(): void {
  view.northRequest++;
}

export function toggleFlat(): void {
  view.flat = !view.flat;
}

/** Goes through the attributes of buildings, and back to no colour. */
export function nextBuildingColour(): void {
  const now = view.buildingColour === null ? -1 : buildingColours.indexOf(view.buildingColour);
  view.buildingColour = buildingColours[now + 1] ?? null;
}
