// All lines of one kind in one draw call: widths and dashes in pixels, joints mitred, laid on the relief.
import {
  Buffer,
  BufferUsage,
  ComponentDatatype,
  IndexDatatype,
  PrimitiveType,
  VertexArray,
  type Context,
} from 'cesium';
import { Overlay, floatAttributes, type OverlayProgram } from '../engine/overlay.ts';
import { nearness, type StageState } from '../engine/stage-state.ts';
import { rgb } from '../engine/theme.ts';
import { buildLines, LINE_FLOATS, type GroundLine } from './line-geometry.ts';
import { LINE_FRAGMENT, LINE_VERTEX } from './line.glsl.ts';

export interface LineStyle {
  /** Colour by line; a line may also bring its own. */
  readonly colour: string;
  readonly alpha: number;
  /** Colour it takes close up. */
  readonly nearColour?: string;
  readonly widthPx: number;
  /** Width on the ground, metres: never drawn narrower than that. */
  readonly widthM?: number;
  /** Drawn only below this camera height, metres. */
  readonly belowM?: number;
  /** Dark edge on both sides, px; 0 for none. */
  readonly casingPx: number;
  readonly casingAlpha: number;
  /** On, off, on, off in px; null for a solid line. */
  readonly dash: readonly [number, number, number, number] | null;
  /** Beside its course by so many px, to the right of its direction. */
  readonly asidePx?: number;
  /** Arrows along its direction below this camera height, metres. */
  readonly arrowsBelowM?: number;
}

/** Px from one arrow to the next. */
const ARROW_PX = 14;

/** Sizes of the vertex attributes in floats: here, before, after (east, north, height), side and distance, colour. */
const SIZES = [3, 3, 3, 2, 4];

const NO_DASH = [0, 0, 0, 0] as const;
/** A line that is drawn below a height comes in over this part of it. */
const FADE_PART = 0.12;

export class LinePrimitive extends Overlay {
  style: LineStyle;
  private lines: readonly GroundLine[] = [];
  private stale = false;
  private count = 0;

  constructor(state: StageState, style: LineStyle) {
    super(state);
    this.style = style;
  }

  set(lines: readonly GroundLine[]): void {
    this.lines = lines;
    this.stale = true;
  }

  protected override describe(): OverlayProgram {
    const { state } = this;
    const px = (value: number): number => value * state.pixelScale;
    const [x, y, z] = state.theme.halo;
    const casing = { x, y, z, w: this.style.casingAlpha };
    const { nearColour } = this.style;
    const [nearR, nearG, nearB] = rgb(nearColour ?? this.style.colour);
    const near = { x: nearR, y: nearG, z: nearB, w: 0 };
    const dash = { x: 0, y: 0, z: 0, w: 0 };
    return {
      vertex: LINE_VERTEX,
      fragment: LINE_FRAGMENT,
      locations: { here: 0, before: 1, after: 2, across: 3, colour: 4 },
      primitiveType: PrimitiveType.TRIANGLES,
      uniforms: {
        u_width: () => px(this.style.widthPx),
        u_widthM: () => this.style.widthM ?? 0,
        u_fade: () => this.fade(),
        u_near: () => {
          near.w = nearColour ? nearness(state) : 0;
          return near;
        },
        u_casing: () => px(this.style.casingPx),
        u_casingColour: () => casing,
        u_dash: () => {
          const [on, off, then, last] = this.style.dash ?? NO_DASH;
          dash.x = px(on);
          dash.y = px(off);
          dash.z = px(then);
          dash.w = px(last);
          return dash;
        },
        u_aside: () => px(this.style.asidePx ?? 0),
        u_arrow: () => (state.heightM < (this.style.arrowsBelowM ?? 0) ? px(ARROW_PX) : 0),
        u_metresPerPixel: () => state.metresPerPixel,
      },
    };
  }

  /** 0 above the height it is drawn below, 1 well under it. */
  private fade(): number {
    const { belowM } = this.style;
    if (belowM === undefined) return 1;
    return Math.min(Math.max((belowM - this.state.heightM) / (belowM * FADE_PART), 0), 1);
  }

  protected override prepare(context: Context): { array?: VertexArray; count: number } | null {
    if (this.fade() === 0) return null;
    if (!this.stale) return { count: this.count };
    this.stale = false;
    const { vertices, indices } = buildLines(this.lines, this.state, {
      colour: rgb(this.style.colour),
      alpha: this.style.alpha,
    });
    this.count = indices.length;
    if (this.count === 0) return null;
    const buffer = Buffer.createVertexBuffer({
      context,
      typedArray: vertices,
      usage: BufferUsage.STATIC_DRAW,
    });
    const indexBuffer = Buffer.createIndexBuffer({
      context,
      typedArray: indices,
      usage: BufferUsage.STATIC_DRAW,
      indexDatatype: IndexDatatype.UNSIGNED_INT,
    });
    if (vertices.length % LINE_FLOATS !== 0)
      throw new Error(`lines: ${vertices.length} floats are no whole vertices`);
    const array = new VertexArray({
      context,
      attributes: floatAttributes(buffer, SIZES, ComponentDatatype.FLOAT),
      indexBuffer,
    });
    return { array, count: this.count };
  }
}
