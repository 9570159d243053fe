// Where the camera looks, as a view that can be kept, shared and taken again.
import type { CameraView } from '../../stores/view.ts';
import { flyTo, groundAt, lookNow } from './camera.ts';
import type { Stage } from './stage.ts';

/** Degrees of the place in the middle of the map; null beside the globe. */
export function middleOf(stage: Stage): CameraView['at'] | null {
  const { width, height } = stage.state.viewport;
  return groundAt(stage.widget, stage.state, { x: width / 2, y: height / 2 });
}

/** Where the camera looks now; null beside the globe. */
export function outlookOf(stage: Stage): CameraView | null {
  const now = lookNow(stage.widget, stage.state);
  if (!now) return null;
  const { lon, lat, rangeM, headingDeg, pitchDeg } = now;
  return { at: [lon, lat], rangeM, headingDeg, pitchDeg };
}

/** Flies there, or jumps where people want no motion; on the flat map straight from above. */
export function look(stage: Stage, { at: [lon, lat], rangeM, headingDeg, pitchDeg }: CameraView): void {
  flyTo(stage.widget, stage.state, { lon, lat, rangeM, headingDeg, pitchDeg });
  stage.widget.scene.requestRender();
}
