// window.flatMap under ?e2e: what browser tests may ask the light map. Nothing of the product reads it.
import { mirrors } from '../../stores/layers.ts';
import { nameOf } from '../../stores/rows.ts';
import { densityNow } from './flat-view.ts';
import type { FlatStage } from './flat-stage.ts';

export interface FlatHook {
  readonly ready: boolean;
  readonly heightM: number;
  readonly tilted: boolean;
  readonly rebuilt: number;
  labels(): string[];
  /** Ids of the texts beside rows, and counts of the groups, as they are shown now. */
  marks(): string[];
  groups(): { count: number; x: number; y: number; radius: number }[];
  /** Boxes of the names, CSS pixels. */
  names(): { left: number; top: number; width: number; height: number }[];
  /** CSS pixels inside the map where the row of this name is displayed now. */
  placeNamed(layer: string, name: string): { x: number; y: number } | null;
  loseContext(): void;
}

declare global {
  interface Window {
    flatMap?: FlatHook;
  }
}

export function exposeFlatMap(
  stage: () => FlatStage | null,
  state: () => { heightM: number; rebuilt: number; canvas: HTMLCanvasElement | null },
): void {
  window.flatMap = {
    get ready() {
      return stage()?.ready ?? false;
    },
    get heightM() {
      return state().heightM;
    },
    get tilted() {
      return stage()?.isTilted ?? false;
    },
    get rebuilt() {
      return state().rebuilt;
    },
    labels: () => [...(stage()?.labels.shown ?? [])],
    marks: () => stage()?.marks ?? [],
    groups: () => stage()?.groups ?? [],
    names: () =>
      (stage()?.labels.boxes() ?? []).map(({ left, top, width, height }) => ({
        left: left / densityNow(),
        top: top / densityNow(),
        width: width / densityNow(),
        height: height / densityNow(),
      })),
    placeNamed(layer, name) {
      const at = stage();
      const table = mirrors.get(layer)?.table;
      for (let slot = 0; at && table && slot < table.highWater; slot++) {
        if (table.alive[slot] !== 1 || !nameOf(table, slot).includes(name)) continue;
        const place = at.placeOf(layer, table.keyAt(slot));
        return place && at.project(place[0], place[1]);
      }
      return null;
    },
    loseContext: () =>
      state().canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext(),
  };
}
