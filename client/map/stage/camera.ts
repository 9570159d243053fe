// The camera: where home is, flights, following, and from degrees to the screen and back.
import {
  BoundingSphere,
  Cartesian3,
  Cartesian4,
  Cartesian2,
  HeadingPitchRange,
  Math as CesiumMath,
  Matrix4,
  PerspectiveFrustum,
  Transforms,
  type CesiumWidget,
  type Scene,
} from 'cesium';
import type { City } from '../../stores/city.ts';
import { isStill } from '../../motion.ts';
import { EARTH_RADIUS_M } from '../geo/enu.ts';
import type { StageState } from '../engine/stage-state.ts';
import { raisedAt } from './relief-scale.ts';

const FIELD_OF_VIEW_DEG = 25;
const PITCH_DEG = -56;
/** Not quite straight down: there the heading would be undefined. */
export const FLAT_PITCH_DEG = -89.9;
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

export interface Home {
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
  return { centre, offset: new HeadingPitchRange(0, (state.flat ? FLAT_PITCH_DEG : PITCH_DEG) * RAD, range) };
}

export function jumpHome(widget: CesiumWidget, home: Home): void {
  widget.camera.lookAt(home.centre, home.offset);
  widget.camera.lookAtTransform(Matrix4.IDENTITY);
}

/** A camera on a place. Left out: looking north at the usual angle. */
export interface Look {
  readonly lon: number;
  readonly lat: number;
  readonly rangeM: number;
  readonly headingDeg?: number;
  readonly pitchDeg?: number;
}

function standAt(state: StageState, [lon, lat]: readonly [number, number], raised: number): Cartesian3 {
  const [east, north] = state.frame.toEnu(lon, lat);
  const height = state.heights.at(lon, lat) * raised;
  return Matrix4.multiplyByPoint(state.frameMatrix, new Cartesian3(east, north, height), new Cartesian3());
}

export function viewOf(state: StageState, to: Look): Home {
  const pitch = state.flat ? FLAT_PITCH_DEG : Math.max(to.pitchDeg ?? PITCH_DEG, FLAT_PITCH_DEG);
  // The land is raised less the closer one comes: what counts is how high it stands on arrival.
  const raised = raisedAt(to.rangeM * Math.sin(-pitch * RAD), state.flat);
  const centre = standAt(state, [to.lon, to.lat], raised);
  return { centre, offset: new HeadingPitchRange((to.headingDeg ?? 0) * RAD, pitch * RAD, to.rangeM) };
}

export function flyTo(widget: CesiumWidget, state: StageState, to: Look): void {
  fly(widget, viewOf(state, to));
}

/** What the camera looks at now, such that `viewOf` gives the same view again; null beside the globe. */
export function lookNow(widget: CesiumWidget, state: StageState): Required<Look> | null {
  const { width, height } = state.viewport;
  const middle = groundAt(widget, state, { x: width / 2, y: height / 2 });
  if (!middle) return null;
  const [lon, lat] = middle;
  const plane = Transforms.eastNorthUpToFixedFrame(standAt(state, middle, state.exaggeration));
  const back = Matrix4.inverseTransformation(plane, plane);
  const eye = Matrix4.multiplyByPoint(back, widget.camera.positionWC, new Cartesian3());
  const rangeM = Cartesian3.magnitude(eye);
  const overhead = Math.hypot(eye.x, eye.y) < rangeM * 0.01;
  const heading = overhead ? widget.camera.heading : Math.atan2(-eye.x, -eye.y);
  return {
    lon,
    lat,
    rangeM,
    headingDeg: CesiumMath.zeroToTwoPi(heading) / RAD,
    pitchDeg: -Math.asin(Math.min(1, eye.z / rangeM)) / RAD,
  };
}

export function fly(widget: CesiumWidget, to: Home): void {
  if (isStill()) {
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
  readonly x: Row;
  readonly y: Row;
  readonly w: Row;
}
type Row = [number, number, number, number];

/** Projects plane positions to canvas pixels: one matrix a frame. */
export class Projector {
  /** From the plane, raised and curved, to clip space; fresh after `refresh`. */
  readonly rows: Projection = { x: [0, 0, 0, 0], y: [0, 0, 0, 0], w: [0, 0, 0, 1] };
  private readonly matrix = new Matrix4();
  private readonly row = new Cartesian4();
  private readonly state: StageState;

  constructor(state: StageState) {
    this.state = state;
  }

  refresh(scene: Scene): void {
    Matrix4.multiply(scene.camera.viewMatrix, this.state.frameMatrix, this.matrix);
    Matrix4.multiply(scene.camera.frustum.projectionMatrix, this.matrix, this.matrix);
    this.read(0, this.rows.x);
    this.read(1, this.rows.y);
    this.read(3, this.rows.w);
  }

  private read(index: number, row: Row): void {
    const { x, y, z, w } = Matrix4.getRow(this.matrix, index, this.row);
    row[0] = x;
    row[1] = y;
    row[2] = z;
    row[3] = w;
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
