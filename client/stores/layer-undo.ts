// The way back for what people did to the layers: shown, alone, order, opacity, colour, filter.
import { shallowReactive } from 'vue';
import { layersNow, setLayers, type LayerState } from './choices.ts';

interface Step {
  readonly state: LayerState;
  /** Changes of one kind in a row, as of a slider, are one step. */
  readonly kind: string;
}

/** Farther back nobody remembers. */
const MOST = 50;
const past: Step[] = shallowReactive([]);
const undone: LayerState[] = shallowReactive([]);

/** Does something to the layers so that it can be taken back. `kind`: a slider names itself and its layer. */
export function changeLayers(change: () => void, kind = ''): void {
  if (kind === '' || past.at(-1)?.kind !== kind) past.push({ state: layersNow(), kind });
  if (past.length > MOST) past.shift();
  undone.length = 0;
  change();
}

export const canUndoLayers = (): boolean => past.length > 0;
export const canRedoLayers = (): boolean => undone.length > 0;

export function undoLayers(): void {
  const step = past.pop();
  if (!step) return;
  undone.push(layersNow());
  setLayers(step.state);
}

export function redoLayers(): void {
  const state = undone.pop();
  if (!state) return;
  past.push({ state: layersNow(), kind: '' });
  setLayers(state);
}
