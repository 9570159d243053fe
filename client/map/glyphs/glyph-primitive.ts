// One draw call for all glyphs of a layer. The shader moves each object along its own leg, turns it with its heading, and
// fades and hollows it as its report ages; a frame costs the page nothing but this call.
import {
  Buffer,
  BufferUsage,
  ComponentDatatype,
  PrimitiveType,
  VertexArray,
  type Context,
  type Texture,
} from 'cesium';
import { Overlay, type OverlayProgram } from '../engine/overlay.ts';
import type { StageState } from '../engine/stage-state.ts';
import type { Rgb, Theme } from '../engine/theme.ts';
import { ATLAS_COLUMNS, ATLAS_ROWS } from './atlas.ts';
import { GLYPH_FRAGMENT, GLYPH_VERTEX } from './glyph.glsl.ts';
import { LEG_WRAP_S, RECORD_BYTES, REPORT_WRAP_S, wrapped } from './record.ts';
import { tints } from '../../looks/sign.ts';

/** The bytes of a layer's glyphs and which slots of them are new. */
export interface GlyphSource {
  readonly bytes: Uint8Array;
  readonly highWater: number;
  takeDirty(): { from: number; to: number } | null;
}

export interface GlyphLook {
  /** Seconds after which a glyph hollows (stale), and after which it fades; Infinity for neither. */
  readonly staleS: number;
  readonly fadeS: number;
  /** Diameter in picture pixels at 1080 lines at this camera height. */
  sizePx(heightM: number): number;
  /** Whether calm glyphs are plain dots at this camera height. */
  plain(heightM: number): boolean;
  /** Which glyphs are left out at this camera height; calm: neither ringed nor in a severity. */
  hidden(heightM: number): 'none' | 'calm' | 'all';
}

export interface GlyphPrimitiveOptions {
  readonly source: GlyphSource;
  readonly look: GlyphLook;
  readonly atlas: () => Texture;
  /** 0 to 1: greyed while the link is lost. */
  readonly dim: () => number;
}

export class GlyphPrimitive extends Overlay {
  private readonly options: GlyphPrimitiveOptions;
  private buffer: Buffer | null = null;
  private theme: Theme | null = null;
  private tints: Vec3[] = [];

  constructor(state: StageState, options: GlyphPrimitiveOptions) {
    super(state);
    this.options = options;
  }

  protected override describe(): OverlayProgram {
    const { state, options } = this;
    const { look } = options;
    return {
      vertex: GLYPH_VERTEX,
      fragment: GLYPH_FRAGMENT,
      locations: { leg: 0, times: 1, style: 2 },
      primitiveType: PrimitiveType.POINTS,
      uniforms: {
        u_legNow: () => wrapped(state.legS, LEG_WRAP_S),
        u_reportNow: () => wrapped(state.citySeconds, REPORT_WRAP_S),
        u_size: () => look.sizePx(state.heightM) * state.pixelScale,
        u_dots: () => (look.plain(state.heightM) ? 1 : 0),
        u_hidden: () => (look.hidden(state.heightM) === 'calm' ? 1 : 0),
        u_ages: () => ({ x: Math.min(look.staleS, 1e6), y: Math.min(look.fadeS, 1e6) }),
        u_grid: () => ({ x: ATLAS_COLUMNS, y: ATLAS_ROWS }),
        u_atlas: () => options.atlas(),
        u_dim: () => options.dim(),
        u_tints: () => this.tintsOf(state.theme),
        u_ink: () => vec3(state.theme.ink),
        u_halo: () => vec3(state.theme.halo),
      },
    };
  }

  protected override prepare(context: Context): { array?: VertexArray; count: number } | null {
    const { source } = this.options;
    if (source.highWater === 0 || this.options.look.hidden(this.state.heightM) === 'all') return null;
    const dirty = source.takeDirty();
    if (!this.buffer || this.buffer.sizeInBytes < source.bytes.byteLength) return this.rebuild(context);
    if (dirty) {
      const part = source.bytes.subarray(dirty.from * RECORD_BYTES, dirty.to * RECORD_BYTES);
      this.buffer.copyFromArrayView(part, dirty.from * RECORD_BYTES);
    }
    return { count: source.highWater };
  }

  private tintsOf(theme: Theme): Vec3[] {
    if (this.theme !== theme) {
      this.theme = theme;
      this.tints = tints.map((tint) => vec3(theme.tints[tint]));
    }
    return this.tints;
  }

  private rebuild(context: Context): { array: VertexArray; count: number } {
    const { bytes, highWater } = this.options.source;
    const buffer = Buffer.createVertexBuffer({ context, typedArray: bytes, usage: BufferUsage.DYNAMIC_DRAW });
    this.buffer = buffer;
    const attribute = (index: number, offsetInBytes: number, componentDatatype: number) => ({
      index,
      vertexBuffer: buffer,
      componentsPerAttribute: 4,
      componentDatatype,
      offsetInBytes,
      strideInBytes: RECORD_BYTES,
    });
    const array = new VertexArray({
      context,
      attributes: [
        attribute(0, 0, ComponentDatatype.FLOAT),
        attribute(1, 16, ComponentDatatype.FLOAT),
        attribute(2, 32, ComponentDatatype.UNSIGNED_BYTE),
      ],
    });
    return { array, count: highWater };
  }
}

interface Vec3 {
  x: number;
  y: number;
  z: number;
}

const vec3 = ([x, y, z]: Rgb): Vec3 => ({ x, y, z });
