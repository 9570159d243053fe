// From what a scene wants to see to where the camera stands: aimed at the centre of interest, not at the middle of the
// screen.
import { Cartesian3, HeadingPitchRange, Matrix4 } from 'cesium';
import type { CameraGoal } from '../../stores/view.ts';
import type { StageState } from '../engine/stage-state.ts';
import { FLAT_PITCH_DEG, type Home } from './camera.ts';
import { raisedAt } from './relief-scale.ts';

const FIELD_OF_VIEW_DEG = 25;
const RAD = Math.PI / 180;

/** East, north, and the distance of the eye, metres. */
type Stand = readonly [east: number, north: number, rangeM: number];

export function goalView(state: StageState, goal: CameraGoal): Home {
  const pitchDeg = state.flat ? FLAT_PITCH_DEG : goal.pitchDeg;
  const half = Math.tan((FIELD_OF_VIEW_DEG * RAD) / 2);
  const aspect = state.viewport.width / Math.max(1, state.viewport.height);
  const tilt = Math.sin(-pitchDeg * RAD);
  const [east, north, rangeM] = standOf(state, goal, { half, aspect, tilt });
  const pictureM = 2 * half * rangeM;
  const shiftX = (0.5 - goal.aim.x) * pictureM * aspect;
  const shiftY = ((goal.aim.y - 0.5) * pictureM) / tilt;
  const heading = (goal.headingDeg ?? 0) * RAD;
  const shifted = {
    east: east + shiftX * Math.cos(heading) + shiftY * Math.sin(heading),
    north: north - shiftX * Math.sin(heading) + shiftY * Math.cos(heading),
  };
  const [lon, lat] = state.frame.toLonLat(east, north);
  // From afar the plane of the city is near enough; close to it a place stands on its ground.
  const height = 'at' in goal.target ? state.heights.at(lon, lat) * raisedAt(rangeM * tilt, state.flat) : 0;
  const centre = Matrix4.multiplyByPoint(
    state.frameMatrix,
    new Cartesian3(shifted.east, shifted.north, height),
    new Cartesian3(),
  );
  return { centre, offset: new HeadingPitchRange(heading, pitchDeg * RAD, rangeM) };
}

function standOf(
  state: StageState,
  { target, aim }: CameraGoal,
  { half, aspect, tilt }: { half: number; aspect: number; tilt: number },
): Stand {
  if ('at' in target) {
    const [east, north] = state.frame.toEnu(...target.at);
    return [east, north, target.rangeM];
  }
  const [west, south, eastDeg, northDeg] = target.bounds;
  const [left, foot] = state.frame.toEnu(west, south);
  const [right, head] = state.frame.toEnu(eastDeg, northDeg);
  const tall = ((head - foot) * tilt) / (2 * half * aim.height);
  const wide = (right - left) / (2 * half * aspect * aim.width);
  return [(left + right) / 2, (foot + head) / 2, Math.max(tall, wide)];
}
