// Where the camera looks, as a view that can be kept, shared and taken again; and the flat map, which looks straight down.
import { Cartesian3, HeadingPitchRange, Math as CesiumMath, Matrix4, Transforms } from 'cesium';
import type { CameraView, MapMode } from '../../stores/view.ts';
import { fly, groundAt } from './camera.ts';
import type { Stage } from './stage.ts';

const CITY_PITCH_DEG = -56;
/** Not quite straight down: there the heading would be undefined. */
const FLAT_PITCH_DEG = -89.9;

export const pitchOf = (mode: MapMode): number => (mode === '2d' ? FLAT_PITCH_DEG : CITY_PITCH_DEG);

function centreOf({ state }: Stage, [lon, lat]: CameraView['at']): Cartesian3 {
  const [east, north] = state.frame.toEnu(lon, lat);
  const height = state.heights.at(lon, lat) * state.exaggeration;
  return Matrix4.multiplyByPoint(state.frameMatrix, new Cartesian3(east, north, height), new Cartesian3());
}

/** Degrees of the place in the middle of the map; null beside the globe. */
export function middleOf(stage: Stage): CameraView['at'] | null {
  const { width, height } = stage.state.viewport;
  return groundAt(stage.widget, stage.state, { x: width / 2, y: height / 2 });
}

/** Where the camera looks now; null beside the globe. */
export function outlookOf(stage: Stage): CameraView | null {
  const at = middleOf(stage);
  if (!at) return null;
  const centre = centreOf(stage, at);
  const back = Matrix4.inverseTransformation(Transforms.eastNorthUpToFixedFrame(centre), new Matrix4());
  const eye = Matrix4.multiplyByPoint(back, stage.widget.camera.positionWC, new Cartesian3());
  const rangeM = Cartesian3.magnitude(eye);
  const flat = Math.hypot(eye.x, eye.y) < rangeM * 0.01;
  const heading = flat ? stage.widget.camera.heading : Math.atan2(-eye.x, -eye.y);
  return {
    at,
    rangeM,
    headingDeg: CesiumMath.toDegrees(CesiumMath.zeroToTwoPi(heading)),
    pitchDeg: -CesiumMath.toDegrees(Math.asin(Math.min(1, eye.z / rangeM))),
  };
}

/** Flies there, or jumps where people want no motion. */
export function look(stage: Stage, to: CameraView): void {
  fly(stage.widget, homeOfView(stage, to));
  stage.widget.scene.requestRender();
}

function homeOfView(stage: Stage, to: CameraView): ReturnType<Stage['homeView']> {
  return {
    centre: centreOf(stage, to.at),
    offset: new HeadingPitchRange(
      CesiumMath.toRadians(to.headingDeg),
      CesiumMath.toRadians(Math.max(to.pitchDeg, FLAT_PITCH_DEG)),
      to.rangeM,
    ),
  };
}

/** The whole city seen from straight above. */
export function homeView(stage: Stage): CameraView {
  const { centre, offset } = stage.homeView();
  const local = Matrix4.multiplyByPoint(
    Matrix4.inverseTransformation(stage.state.frameMatrix, new Matrix4()),
    centre,
    new Cartesian3(),
  );
  return {
    at: stage.state.frame.toLonLat(local.x, local.y),
    rangeM: offset.range,
    headingDeg: 0,
    pitchDeg: FLAT_PITCH_DEG,
  };
}

/** Turns the picture flat or back, keeping the middle and how far away it is. */
export function tiltOnly(stage: Stage, mode: MapMode): void {
  const now = outlookOf(stage);
  stage.widget.scene.screenSpaceCameraController.enableTilt = mode === '3d';
  if (now) look(stage, { ...now, headingDeg: 0, pitchDeg: pitchOf(mode) });
}
