// The camera: where home is, flights, following, and from degrees to the screen and back.
import {
  BoundingSphere,
  Cartesian3,
  Cartesian4,
  Cartesian2,
  HeadingPitchRange,
  Matrix4,
  PerspectiveFrustum,
  type CesiumWidget,
  type Scene,
} from 'cesium';
import type { City } from '../../stores/city.ts';
import { EARTH_RADIUS_M } from '../geo/enu.ts';
import type { StageState } from '../engine/stage-state.ts';

const FIELD_OF_VIEW_DEG = 25;
const PITCH_DEG = -56;
const RAD = Math.PI / 180;
/** Part of the picture's height the city fills. */
const FILL_HEIGHT = 0.84;
/** Camera flights: near, and over the city, seconds. */
const FLIGHT_S = { near: 1.2, city: 2.4 };

/** Where the city is aimed at, as a part of the picture: its centre of interest. */
export interface Aim {
  readonly x: number;
  readonly y: number;
  /** Part of the picture's width the city may fill beside what lies over it. */
  readonly width: number;
}

export function setLens(scene: Scene): void {
  const frustum = scene.camera.frustum;
  if (!(frustum instanceof PerspectiveFrustum)) return;
  const aspect = Math.max(0.1, scene.drawingBufferWidth / Math.max(1, scene.drawingBufferHeight));
  const vertical = FIELD_OF_VIEW_DEG * RAD;
  // Cesium's angle is that of the longer side.
  frustum.fov = aspect > 1 ? 2 * Math.atan(Math.tan(vertical / 2) * aspect) : vertical;
}

interface Home {
  readonly centre: Cartesian3;
  readonly offset: HeadingPitchRange;
}

export function homeOf(city: City, state: StageState, aim: Aim): Home {
  const [west, south, east, north] = city.bounds;
  const [left, foot] = state.frame.toEnu(west, south);
  const [right, head] = state.frame.toEnu(east, north);
  const aspect = state.viewport.width / Math.max(1, state.viewport.height);
  const half = Math.tan((FIELD_OF_VIEW_DEG * RAD) / 2);
  const tall = ((head - foot) * Math.sin(-PITCH_DEG * RAD)) / (2 * half * FILL_HEIGHT);
  const wide = (right - left) / (2 * half * aspect * aim.width);
  const range = Math.max(tall, wide);
  const perPixel = (2 * half * range) / 1;
  const shiftX = (0.5 - aim.x) * perPixel * aspect;
  const shiftY = ((aim.y - 0.5) * perPixel) / Math.sin(-PITCH_DEG * RAD);
  const centre = Matrix4.multiplyByPoint(
    state.frameMatrix,
    new Cartesian3((left + right) / 2 + shiftX, (foot + head) / 2 + shiftY, 0),
    new Cartesian3(),
  );
  return { centre, offset: new HeadingPitchRange(0, PITCH_DEG * RAD, range) };
}

export function jumpHome(widget: CesiumWidget, home: Home): void {
  widget.camera.lookAt(home.centre, home.offset);
  widget.camera.lookAtTransform(Matrix4.IDENTITY);
}

export function fly(widget: CesiumWidget, to: Home): void {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (still) {
    jumpHome(widget, to);
    return;
  }
  void widget.camera.flyToBoundingSphere(new BoundingSphere(to.centre, 1), {
    offset: to.offset,
    duration: to.offset.range < 30_000 ? FLIGHT_S.near : FLIGHT_S.city,
  });
}

/** Keeps (east, north) in the middle while looking from where the camera stands now. */
export function follow(
  widget: CesiumWidget,
  state: StageState,
  place: { east: number; north: number; height: number },
): void {
  const centre = Matrix4.multiplyByPoint(
    state.frameMatrix,
    new Cartesian3(place.east, place.north, place.height * state.exaggeration),
    new Cartesian3(),
  );
  const { camera } = widget;
  const range = Cartesian3.distance(camera.positionWC, centre);
  camera.lookAt(
    centre,
    new HeadingPitchRange(camera.heading, Math.min(camera.pitch, -15 * RAD), Math.min(range, 30_000)),
  );
  camera.lookAtTransform(Matrix4.IDENTITY);
}

/** Rows of a projection that screens need, out of the sixteen numbers of a matrix. */
export interface Projection {
  readonly x: readonly [number, number, number, number];
  readonly y: readonly [number, number, number, number];
  readonly w: readonly [number, number, number, number];
}

/** Projects plane positions to canvas pixels: one matrix a frame. */
export class Projector {
  /** From the plane, raised and curved, to clip space; fresh after `refresh`. */
  rows: Projection = { x: [0, 0, 0, 0], y: [0, 0, 0, 0], w: [0, 0, 0, 1] };
  private readonly matrix = new Matrix4();
  private readonly state: StageState;

  constructor(state: StageState) {
    this.state = state;
  }

  refresh(scene: Scene): void {
    Matrix4.multiply(scene.camera.viewMatrix, this.state.frameMatrix, this.matrix);
    Matrix4.multiply(scene.camera.frustum.projectionMatrix, this.matrix, this.matrix);
    const row = (index: number): [number, number, number, number] => {
      const { x, y, z, w } = Matrix4.getRow(this.matrix, index, new Cartesian4());
      return [x, y, z, w];
    };
    this.rows = { x: row(0), y: row(1), w: row(3) };
  }

  /** Writes x, y into `out` (canvas pixels, y down); false behind the camera. `place`: east, north, height in metres. */
  project(
    place: readonly [east: number, north: number, height: number],
    out: { x: number; y: number },
  ): boolean {
    const { x: mx, y: my, w: mw } = this.rows;
    const raised = place[2] * this.state.exaggeration;
    const tilt = 1 + raised / EARTH_RADIUS_M;
    const x = place[0] * tilt;
    const y = place[1] * tilt;
    const z = raised - (place[0] * place[0] + place[1] * place[1]) / (2 * EARTH_RADIUS_M);
    const w = mw[0] * x + mw[1] * y + mw[2] * z + mw[3];
    if (w <= 0) return false;
    out.x = ((mx[0] * x + mx[1] * y + mx[2] * z + mx[3]) / w + 1) * 0.5 * this.state.viewport.width;
    out.y = (1 - (my[0] * x + my[1] * y + my[2] * z + my[3]) / w) * 0.5 * this.state.viewport.height;
    return true;
  }
}

/** Degrees under a canvas point, or null beside the globe. */
export function groundAt(
  widget: CesiumWidget,
  state: StageState,
  { x, y }: { x: number; y: number },
): readonly [number, number] | null {
  const scale = state.viewport.width / Math.max(1, widget.canvas.clientWidth);
  const ray = widget.camera.getPickRay(new Cartesian2(x / scale, y / scale));
  const hit = ray ? widget.scene.globe.pick(ray, widget.scene) : undefined;
  if (!hit) return null;
  const local = Matrix4.multiplyByPoint(
    Matrix4.inverse(state.frameMatrix, new Matrix4()),
    hit,
    new Cartesian3(),
  );
  return state.frame.toLonLat(local.x, local.y);
}
