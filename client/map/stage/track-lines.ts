// The track of the selected thing on the globe: one line, coloured by speed in steps of the sequential ramp.
import { watch } from 'vue';
import type { Scene } from 'cesium';
import { trackRuns } from '../../stores/track.ts';
import type { StageState } from '../engine/stage-state.ts';
import { LinePrimitive } from '../lines/line-primitive.ts';

const TINTS = ['seq1', 'seq2', 'seq3', 'seq4'] as const;

/** Draws whatever track the store holds. `redraw`: on new ground; `destroy` frees it. */
export function createTrackLines(scene: Scene, state: StageState): { redraw(): void; destroy(): void } {
  const style = { colour: '#8fbdb6', alpha: 1, widthPx: 3.2, casingPx: 1.4, casingAlpha: 0.8, dash: null };
  let lines: LinePrimitive | null = null;
  const redraw = (): void => {
    if (trackRuns.value.length === 0) {
      if (lines) scene.primitives.remove(lines);
      lines = null;
    } else {
      lines ??= scene.primitives.add(new LinePrimitive(state, style)) as LinePrimitive;
      lines.set(
        trackRuns.value.map(({ speed, points }) => ({
          points,
          colour: state.theme.tints[TINTS[speed] ?? 'seq4'],
        })),
      );
    }
    scene.requestRender();
  };
  const stop = watch(trackRuns, redraw);
  redraw();
  return {
    redraw,
    destroy: () => {
      stop();
      if (lines) scene.primitives.remove(lines);
    },
  };
}
