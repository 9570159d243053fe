// Keeps the camera with the selected object, flies to it on request, and home.
import { watch } from 'vue';
import { mirrors } from '../../stores/layers.ts';
import { TEMPORARY, placeOfFeature, temporaryFeature } from '../../stores/temporary.ts';
import { placeOfRow } from '../../stores/row-place.ts';
import { view } from '../../stores/view.ts';
import { flyTo, fly, follow } from './camera.ts';
import { goalView } from './goal-view.ts';
import type { Stage } from './stage.ts';

const NEAR_RANGE_M = 9000;

/** Degrees of a row: its glyph's place, else its position column. */
export function lonLatOf(stage: Stage, layer: string, key: string): readonly [number, number] | null {
  if (layer.startsWith(TEMPORARY)) return placeOfFeature(temporaryFeature(layer, key));
  const shown = stage.placeOf(layer, key);
  if (shown) return stage.state.frame.toLonLat(shown.east, shown.north);
  const table = mirrors.get(layer)?.table;
  const slot = table?.slotOf(key) ?? -1;
  if (!table || slot < 0) return null;
  return placeOfRow(table, slot);
}

/** Obeys the view store; returns what stops it. */
export function obeyView(stage: Stage): () => void {
  const stops = [
    watch(
      () => view.homeRequest,
      () => fly(stage.widget, view.goal ? goalView(stage.state, view.goal) : stage.homeView()),
    ),
    watch(
      () => view.flyRequest,
      () => {
        const at = view.selection && lonLatOf(stage, view.selection.layer, view.selection.key);
        if (at) flyTo(stage.widget, stage.state, { lon: at[0], lat: at[1], rangeM: NEAR_RANGE_M });
      },
    ),
    watch(
      () => view.northRequest,
      () => stage.faceNorth(),
    ),
    watch(
      () => view.flat,
      (flat) => stage.setFlat(flat),
      { immediate: true },
    ),
    watch(
      () => view.following,
      (following) => {
        if (following) followStep(stage);
      },
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** One step of following; call every frame. */
export function followStep(stage: Stage): void {
  if (!view.following || !view.selection) return;
  const place = stage.placeOf(view.selection.layer, view.selection.key);
  if (place) follow(stage.widget, stage.state, place);
}
