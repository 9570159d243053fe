// What this screen looks at: visible layers, selection, follow. Panels ask the map for things through here.
import { reactive, shallowReactive } from 'vue';
import { catalog } from '../catalog.ts';

export interface Selection {
  readonly layer: string;
  readonly key: string;
}

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

export function flyToSelection(): void {
  view.flyRequest++;
}

export function toggleFollow(): void {
  view.following = view.selection !== null && !view.following;
}
