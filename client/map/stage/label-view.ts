// What the parties of the collision board must know of the moment: projection, relief, and what they keep clear of.
import { Cartesian3, Math as CesiumMath, type Camera, type CesiumWidget } from 'cesium';
import type { StageState } from '../engine/stage-state.ts';
import { hiddenByRelief } from '../geo/sight.ts';
import type { BoardView } from '../labels/label-board.ts';
import type { LabelPrimitive } from '../labels/label-primitive.ts';
import type { Box, ScreenGrid } from '../labels/screen-grid.ts';
import type { Projector } from './camera.ts';
import { mostLabels } from './label-table.ts';

/** Above this the relief hides nothing that has a name, metres. */
const SIGHT_BELOW_M = 60_000;
/** Forgiven to the raster: a part of the height it was seen from, and never less than this, metres. */
const SIGHT_SLACK_M = 120;
/** Pixels between two points where names keep off the city line. */
const LINE_STEP_PX = 10;

type Place = readonly [east: number, north: number, height: number];

export interface LabelViewParts {
  readonly widget: Pick<CesiumWidget, 'camera'>;
  readonly state: StageState;
  readonly projector: Projector;
  readonly labels: LabelPrimitive;
  /** Rings of the city line in degrees. */
  readonly outline: readonly (readonly (readonly [number, number])[])[];
  /** Signs and instruments everything keeps clear of, as they are now; `soft`: what may be covered where it must. */
  signs(hard: ScreenGrid, soft: ScreenGrid | null): void;
}

export class LabelView implements BoardView {
  width = 0;
  height = 0;
  heightM = 0;
  most = 0;
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

  /** Takes the sizes of the picture as it is now. */
  read(): void {
    const { state } = this.parts;
    this.width = state.viewport.width;
    this.height = state.viewport.height;
    this.heightM = state.heightM;
    this.pixelScale = state.pixelScale;
    this.metresPerPixel = state.metresPerPixel;
    this.most = mostLabels(state.heightM);
  }

  /** Whether the camera stands or looks elsewhere, or the picture has another size, than when this was last true. */
  moved(): boolean {
    const { state, widget } = this.parts;
    const { positionWC, directionWC }: Camera = widget.camera;
    const same =
      Cartesian3.equalsEpsilon(positionWC, this.eye, 0, 0.5) &&
      Cartesian3.equalsEpsilon(directionWC, this.direction, 0, 1e-5) &&
      this.width === state.viewport.width &&
      this.height === state.viewport.height;
    if (same) return false;
    Cartesian3.clone(positionWC, this.eye);
    Cartesian3.clone(directionWC, this.direction);
    return true;
  }

  project(label: number, point: number, out: { x: number; y: number }): boolean {
    this.parts.labels.placeInto(label, point, this.place);
    return this.parts.projector.project(this.place, out);
  }

  hidden(label: number, point: number): boolean {
    if (!this.reliefHides()) return false;
    this.parts.labels.placeInto(label, point, this.place);
    return this.hiddenPlace(this.place);
  }

  projectPlace(place: Place, out: { x: number; y: number }): boolean {
    return this.parts.projector.project(place, out);
  }

  hiddenPlace([east, north, height]: Place): boolean {
    if (!this.reliefHides()) return false;
    const { state, widget } = this.parts;
    const { longitude, latitude, height: heightM } = widget.camera.positionCartographic;
    const [lon, lat] = state.frame.toLonLat(east, north);
    return hiddenByRelief(
      { lon: CesiumMath.toDegrees(longitude), lat: CesiumMath.toDegrees(latitude), heightM },
      { lon, lat, heightM: height * state.exaggeration },
      {
        heights: state.heights,
        exaggeration: state.exaggeration,
        slackM: Math.max(SIGHT_SLACK_M, state.heightM * 0.012) * state.exaggeration,
      },
    );
  }

  obstacles(hard: ScreenGrid, soft: ScreenGrid | null): void {
    this.parts.signs(hard, soft);
    if (soft) for (const ring of this.outline) this.addLine(ring, soft);
  }

  private reliefHides(): boolean {
    const { heightM, exaggeration } = this.parts.state;
    return heightM <= SIGHT_BELOW_M && exaggeration !== 0;
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
