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
import type { StageState } from '../engine/stage-state.ts';
import { rgb, type Rgb } from '../engine/theme.ts';
import { buildLines, LINE_FLOATS, type GroundLine } from './line-geometry.ts';
import { LINE_FRAGMENT, LINE_VERTEX } from './line.glsl.ts';

export interface LineStyle {
  /** Colour by line; a line may also bring its own. */
  readonly colour: string;
  readonly alpha: number;
  readonly widthPx: number;
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

export class LinePrimitive extends Overlay {
  style: LineStyle;
  private lines: readonly GroundLine[] = [];
  private stale = false;
  private count = 0;
  private casing: Rgb;

  constructor(state: StageState, style: LineStyle) {
    super(state);
    this.style = style;
    this.casing = rgb('#04080a');
  }

  set(lines: readonly GroundLine[]): void {
    this.lines = lines;
    this.casing = this.state.theme.halo;
    this.stale = true;
  }

  protected override describe(): OverlayProgram {
    const { state } = this;
    const px = (value: number): number => value * state.pixelScale;
    return {
      vertex: LINE_VERTEX,
      fragment: LINE_FRAGMENT,
      locations: { here: 0, before: 1, after: 2, across: 3, colour: 4 },
      primitiveType: PrimitiveType.TRIANGLES,
      uniforms: {
        u_width: () => px(this.style.widthPx),
        u_casing: () => px(this.style.casingPx),
        u_casingColour: () => ({
          x: this.casing[0],
          y: this.casing[1],
          z: this.casing[2],
          w: this.style.casingAlpha,
        }),
        u_dash: () => {
          const [x, y, z, w] = this.style.dash ?? [0, 0, 0, 0];
          return { x: px(x), y: px(y), z: px(z), w: px(w) };
        },
        u_aside: () => px(this.style.asidePx ?? 0),
        u_arrow: () => (state.heightM < (this.style.arrowsBelowM ?? 0) ? px(ARROW_PX) : 0),
        u_metresPerPixel: () => state.metresPerPixel,
      },
    };
  }

  protected override prepare(context: Context): { array?: VertexArray; count: number } | null {
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
