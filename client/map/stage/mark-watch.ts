// Asks for a frame when what is marked changed, and carries out what the keyboard asks of the middle of the map.
import { watch } from 'vue';
import { openedCluster } from '../../stores/clusters.ts';
import { clockDifferences } from '../../stores/differences.ts';
import { addPoint, measure } from '../../stores/measure.ts';
import { placePick, takePlace } from '../../stores/place-pick.ts';
import { track } from '../../stores/track.ts';
import { ask, asked, view } from '../../stores/view.ts';
import { askBuilding } from './building-watch.ts';
import { middleOf } from './outlook.ts';
import type { Stage } from './stage.ts';

export function redrawOnMarks(stage: Stage): () => void {
  const stops = [
    watch(
      [
        ...[() => view.selection, () => view.hover, asked, clockDifferences, track, openedCluster],
        () => ({ ...measure }),
        () => ({ ...placePick }),
      ],
      () => stage.widget.scene.requestRender(),
    ),
    watch(
      () => view.askRequest,
      () => {
        const at = middleOf(stage);
        if (!at) return;
        ask({ at, name: null });
        const { clientWidth, clientHeight } = stage.widget.canvas;
        void askBuilding(stage, { x: clientWidth / 2, y: clientHeight / 2 });
      },
    ),
    watch(
      () => placePick.aimRequest,
      () => {
        const at = middleOf(stage);
        if (at) takePlace(at);
      },
    ),
    watch(
      () => measure.aimRequest,
      () => {
        const at = middleOf(stage);
        if (at) addPoint(at);
      },
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
