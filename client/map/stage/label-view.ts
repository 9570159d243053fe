// What the label board must know of the moment: projection, relief, and the signs and lines labels keep clear of.
import { Cartesian3, Math as CesiumMath, type Camera, type CesiumWidget } from 'cesium';
import type { StageState } from '../engine/stage-state.ts';
import { hiddenByRelief } from '../geo/sight.ts';
import type { BoardView } from '../labels/label-board.ts';
import type { LabelPrimitive } from '../labels/label-primitive.ts';
import type { Box, ScreenGrid } from '../labels/screen-grid.ts';
import type { Projector } from './camera.ts';
import { mostLabels } from './label-table.ts';

/** Above this the relief hides nothing a label names, metres. */
const SIGHT_BELOW_M = 60_000;
/** Forgiven to the raster: a part of the height it was seen from, and never less than this, metres. */
const SIGHT_SLACK_M = 120;
/** Pixels between two points where labels keep off the city line. */
const LINE_STEP_PX = 10;

export interface LabelViewParts {
  readonly widget: CesiumWidget;
  readonly state: StageState;
  readonly projector: Projector;
  readonly labels: LabelPrimitive;
  /** Rings of the city line in degrees. */
  readonly outline: readonly (readonly (readonly [number, number])[])[];
  /** Signs labels keep clear of, on the screen as it is now. */
  signs(hard: ScreenGrid, soft: ScreenGrid): void;
}

export class LabelView implements BoardView {
  width = 0;
  height = 0;
  heightM = 0;
  most = 0;
  unitPx = 15;
  pixelScale = 1;
  metresPerPixel = 100;
  private readonly parts: LabelViewParts;
  private readonly place: [number, number, number] = [0, 0, 0];
  private readonly eye = new Cartesian3();
  private readonly direction = new Cartesian3();
  private readonly box: Box = { left: 0, top: 0, right: 0, bottom: 0 };
  private readonly outline: readonly Float32Array[];
  private readonly from = { x: 0, y: 0 };
  private readonly to = { x: 0, y: 0 };
  private stale = true;

  constructor(parts: LabelViewParts) {
    this.parts = parts;
    const { frame, heights } = parts.state;
    this.outline = parts.outline.map((ring) => {
      const laid = new Float32Array(ring.length * 3);
      ring.forEach(([lon, lat], index) => {
        const [east, north] = frame.toEnu(lon, lat);
        laid.set([east, north, heights.at(lon, lat)], index * 3);
      });
      return laid;
    });
  }

  /** Settles the labels anew in the next frame though the camera stands still. */
  renew(): void {
    this.stale = true;
  }

  /** Call every frame, after the projector was refreshed. */
  frame(): void {
    const { widget, state, labels } = this.parts;
    if (!this.moved(widget.camera) && !this.stale) return;
    this.stale = false;
    this.width = state.viewport.width;
    this.height = state.viewport.height;
    this.heightM = state.heightM;
    this.pixelScale = state.pixelScale;
    this.metresPerPixel = state.metresPerPixel;
    this.most = mostLabels(state.heightM);
    labels.settle(this);
  }

  project(label: number, point: number, out: { x: number; y: number }): boolean {
    this.parts.labels.placeInto(label, point, this.place);
    return this.parts.projector.project(this.place, out);
  }

  hidden(label: number): boolean {
    const { state, widget, labels } = this.parts;
    if (state.heightM > SIGHT_BELOW_M || state.exaggeration === 0) return false;
    const one = labels.board.labels[label];
    if (!one) return true;
    const { longitude, latitude, height } = widget.camera.positionCartographic;
    this.parts.labels.placeInto(label, -1, this.place);
    return hiddenByRelief(
      { lon: CesiumMath.toDegrees(longitude), lat: CesiumMath.toDegrees(latitude), heightM: height },
      { lon: one.lon, lat: one.lat, heightM: this.place[2] * state.exaggeration },
      {
        heights: state.heights,
        exaggeration: state.exaggeration,
        slackM: Math.max(SIGHT_SLACK_M, state.heightM * 0.012) * state.exaggeration,
      },
    );
  }

  obstacles(hard: ScreenGrid, soft: ScreenGrid): void {
    this.parts.signs(hard, soft);
    for (const ring of this.outline) this.addLine(ring, soft);
  }

  private moved({ positionWC, directionWC, frustum }: Camera): boolean {
    const { state } = this.parts;
    const same =
      Cartesian3.equalsEpsilon(positionWC, this.eye, 0, 0.5) &&
      Cartesian3.equalsEpsilon(directionWC, this.direction, 0, 1e-5) &&
      this.width === state.viewport.width &&
      this.height === state.viewport.height &&
      frustum !== undefined;
    if (same) return false;
    Cartesian3.clone(positionWC, this.eye);
    Cartesian3.clone(directionWC, this.direction);
    return true;
  }

  /** Small boxes along a line, so that names stand beside it. */
  private addLine(laid: Float32Array, grid: ScreenGrid): void {
    const { from, to, place, box } = this;
    const { projector } = this.parts;
    let known = false;
    for (let i = 0; i < laid.length; i += 3) {
      place[0] = laid[i] as number;
      place[1] = laid[i + 1] as number;
      place[2] = laid[i + 2] as number;
      const seen = projector.project(place, to);
      if (seen && known && this.near(from) && this.near(to)) {
        const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / LINE_STEP_PX);
        for (let step = 0; step < steps; step++) {
          const x = from.x + ((to.x - from.x) * step) / steps;
          const y = from.y + ((to.y - from.y) * step) / steps;
          box.left = x - 1;
          box.right = x + 1;
          box.top = y - 1;
          box.bottom = y + 1;
          grid.add(box);
        }
      }
      from.x = to.x;
      from.y = to.y;
      known = seen;
    }
  }

  private near({ x, y }: { x: number; y: number }): boolean {
    return x > -this.width && y > -this.height && x < this.width * 2 && y < this.height * 2;
  }
}
