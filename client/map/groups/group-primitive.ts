// One draw call for all groups of a layer: a circle with the layer's sign and the count, a ring of its shares, the worst
// shape as a satellite; a group of one is that one's own glyph.
import {
  Buffer,
  BufferUsage,
  ComponentDatatype,
  PrimitiveType,
  VertexArray,
  type Context,
  type Texture,
} from 'cesium';
import { forms, isSeverity, severityForms, tints, type Form } from '../../looks/sign.ts';
import { Overlay, type OverlayProgram } from '../engine/overlay.ts';
import type { StageState } from '../engine/stage-state.ts';
import type { Rgb } from '../engine/theme.ts';
import { ATLAS_COLUMNS, ATLAS_ROWS } from '../glyphs/atlas.ts';
import { GROUP_BYTES } from './group-record.ts';
import { GROUP_FRAGMENT, GROUP_VERTEX } from './group.glsl.ts';

export interface GroupLook {
  readonly form: Form;
  readonly mix: boolean;
  readonly quiet: boolean;
  /** Diameter of a group of one, px at 1080 lines. */
  readonly singlePx: number;
}

export interface GroupPrimitiveOptions {
  readonly look: GroupLook;
  readonly atlas: () => Texture;
  readonly digits: () => Texture;
}

const vec3 = ([x, y, z]: Rgb): { x: number; y: number; z: number } => ({ x, y, z });
/** Forms of the satellite by graveness from 2: blue, yellow, orange, red. */
const satelliteForms = tints
  .filter(isSeverity)
  .map((severity) => forms.indexOf(severityForms[severity]))
  .reverse();

export class GroupPrimitive extends Overlay {
  private readonly options: GroupPrimitiveOptions;
  private records: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  private stale = false;
  private buffer: Buffer | null = null;

  constructor(state: StageState, options: GroupPrimitiveOptions) {
    super(state);
    this.options = options;
  }

  set(records: Uint8Array<ArrayBuffer>): void {
    this.records = records;
    this.stale = true;
  }

  protected override describe(): OverlayProgram {
    const { state, options } = this;
    const { look } = options;
    return {
      vertex: GROUP_VERTEX,
      fragment: GROUP_FRAGMENT,
      locations: { place: 0, shares: 1, ends: 2, style: 3, aside: 4 },
      primitiveType: PrimitiveType.POINTS,
      uniforms: {
        u_px: () => state.pixelScale,
        u_single: () => look.singlePx,
        u_form: () => forms.indexOf(look.form),
        u_mix: () => (look.mix ? 1 : 0),
        u_quiet: () => (look.quiet ? 1 : 0),
        u_satellites: () => {
          const [x = 0, y = 0, z = 0, w = 0] = satelliteForms;
          return { x, y, z, w };
        },
        u_grid: () => ({ x: ATLAS_COLUMNS, y: ATLAS_ROWS }),
        u_atlas: () => options.atlas(),
        u_digits: () => options.digits(),
        u_tints: () => tints.map((tint) => vec3(state.theme.tints[tint])),
        u_ink: () => vec3(state.theme.ink),
        u_halo: () => vec3(state.theme.halo),
      },
    };
  }

  protected override prepare(context: Context): { array?: VertexArray; count: number } | null {
    const count = this.records.byteLength / GROUP_BYTES;
    if (count === 0) return null;
    if (!this.stale) return { count };
    this.stale = false;
    if (this.buffer && this.buffer.sizeInBytes >= this.records.byteLength) {
      this.buffer.copyFromArrayView(this.records, 0);
      return { count };
    }
    return { array: this.rebuild(context), count };
  }

  /** Room for twice as many, so that a growing city does not rebuild every second. */
  private rebuild(context: Context): VertexArray {
    const room = new Uint8Array(this.records.byteLength * 2);
    room.set(this.records);
    const buffer = Buffer.createVertexBuffer({ context, typedArray: room, usage: BufferUsage.DYNAMIC_DRAW });
    this.buffer = buffer;
    const attribute = (index: number, offsetInBytes: number, componentDatatype: number) => ({
      index,
      vertexBuffer: buffer,
      componentsPerAttribute: 4,
      componentDatatype,
      offsetInBytes,
      strideInBytes: GROUP_BYTES,
    });
    return new VertexArray({
      context,
      attributes: [
        attribute(0, 0, ComponentDatatype.FLOAT),
        attribute(1, 16, ComponentDatatype.UNSIGNED_BYTE),
        attribute(2, 20, ComponentDatatype.UNSIGNED_BYTE),
        attribute(3, 24, ComponentDatatype.UNSIGNED_BYTE),
        attribute(4, 28, ComponentDatatype.BYTE),
      ],
    });
  }
}
