// Filled or hatched areas of one kind in one draw call. The hatch is drawn in screen space, so that its pitch stays.
import {
  Buffer,
  BufferUsage,
  Cartesian2,
  ComponentDatatype,
  IndexDatatype,
  PolygonPipeline,
  PrimitiveType,
  VertexArray,
  type Context,
} from 'cesium';
import { Overlay, floatAttributes, type OverlayProgram } from '../engine/overlay.ts';
import { nearness, type StageState } from '../engine/stage-state.ts';
import type { Rgb } from '../engine/theme.ts';
import { layOnGround } from '../lines/line-geometry.ts';

type Ring = readonly (readonly [number, number])[];

export interface GroundArea {
  /** Outside first, then holes. */
  readonly rings: readonly Ring[];
  readonly colour: Rgb;
  readonly alpha: number;
  /** Pitch and line width of the 45° hatch in px; pitch 0 for a plain fill. `isCounter`: it leans the other way. */
  readonly hatch: { readonly pitchPx: number; readonly linePx: number; readonly isCounter?: boolean };
}

const SIZES = [3, 4, 2];
const FLOATS = 9;
/** Between these camera heights a hatch thins out: close up it would lie over all there is to read, metres. */
const HATCH_THIN_M = 15_000;
const HATCH_FULL_M = 60_000;
const HATCH_LEAST = 0.3;

const VERTEX = /* glsl */ `
in vec3 here;
in vec4 colour;
in vec2 hatch;
out vec4 v_colour;
out vec2 v_hatch;
out float v_far;
void main() {
  v_colour = colour;
  v_hatch = hatch;
  vec4 eye = eyeOf(here.xy, here.z);
  v_far = -eye.z;
  gl_Position = screenOf(eye);
}
`;

const FRAGMENT = /* glsl */ `
in vec4 v_colour;
in vec2 v_hatch;
in float v_far;
uniform float u_px;
uniform float u_hatch;
uniform vec4 u_near;
void main() {
  float cover = 1.0;
  float pitch = v_hatch.x * u_px;
  if (pitch > 0.5) {
    // A width below 0 says that the hatch leans the other way.
    float way = v_hatch.y < 0.0 ? gl_FragCoord.x + gl_FragCoord.y : gl_FragCoord.x - gl_FragCoord.y;
    float at = mod(way, pitch * 1.41421356) / 1.41421356;
    float far = abs(at - pitch * 0.5);
    float half_ = abs(v_hatch.y) * u_px * 0.5;
    cover = 1.0 - smoothstep(half_ - 0.5, half_ + 0.5, far);
    cover *= u_hatch;
  }
  float alpha = v_colour.a * cover;
  // Fills have corners at their edge only, so what lies between them may be well off the relief: hatches stay.
  if (pitch <= 0.5) alpha *= 1.0 - 0.9 * behindRelief(gl_FragCoord.xy / czm_viewport.zw, v_far);
  if (alpha < 0.004) discard;
  out_FragColor = vec4(mix(v_colour.rgb, u_near.rgb, u_near.w) * alpha, alpha);
}
`;

export class AreaPrimitive extends Overlay {
  private areas: readonly GroundArea[] = [];
  private stale = false;
  private count = 0;

  private readonly near: { x: number; y: number; z: number; w: number };
  private readonly nearColour: Rgb | null;

  /** @param nearColour colour all its areas take close up; null to keep their own */
  constructor(state: StageState, nearColour: Rgb | null = null) {
    super(state);
    this.nearColour = nearColour;
    const [x, y, z] = nearColour ?? [0, 0, 0];
    this.near = { x, y, z, w: 0 };
  }

  set(areas: readonly GroundArea[]): void {
    this.areas = areas;
    this.stale = true;
  }

  protected override describe(): OverlayProgram {
    return {
      vertex: VERTEX,
      fragment: FRAGMENT,
      locations: { here: 0, colour: 1, hatch: 2 },
      primitiveType: PrimitiveType.TRIANGLES,
      uniforms: {
        u_px: () => this.state.pixelScale,
        u_hatch: () => hatchAt(this.state.heightM),
        u_near: () => {
          this.near.w = this.nearColour ? nearness(this.state) : 0;
          return this.near;
        },
      },
    };
  }

  protected override prepare(context: Context): { array?: VertexArray; count: number } | null {
    if (!this.stale) return { count: this.count };
    this.stale = false;
    const vertices: number[] = [];
    const indices: number[] = [];
    for (const area of this.areas) addArea(area, this.state, { vertices, indices });
    this.count = indices.length;
    if (this.count === 0) return null;
    const buffer = Buffer.createVertexBuffer({
      context,
      typedArray: new Float32Array(vertices),
      usage: BufferUsage.STATIC_DRAW,
    });
    const indexBuffer = Buffer.createIndexBuffer({
      context,
      typedArray: new Uint32Array(indices),
      usage: BufferUsage.STATIC_DRAW,
      indexDatatype: IndexDatatype.UNSIGNED_INT,
    });
    const array = new VertexArray({
      context,
      attributes: floatAttributes(buffer, SIZES, ComponentDatatype.FLOAT),
      indexBuffer,
    });
    return { array, count: this.count };
  }
}

function hatchAt(heightM: number): number {
  const part = Math.min(1, Math.max(0, (heightM - HATCH_THIN_M) / (HATCH_FULL_M - HATCH_THIN_M)));
  return HATCH_LEAST + (1 - HATCH_LEAST) * part;
}

function addArea(area: GroundArea, state: StageState, out: { vertices: number[]; indices: number[] }): void {
  const base = out.vertices.length / FLOATS;
  const flat: Cartesian2[] = [];
  const holes: number[] = [];
  area.rings.forEach((ring, number) => {
    if (number > 0) holes.push(flat.length);
    const laid = layOnGround(ring, state);
    // The last point repeats the first.
    for (let i = 0; i + 3 < laid.length; i += 3) {
      flat.push(new Cartesian2(laid[i], laid[i + 1]));
      const { pitchPx, linePx, isCounter } = area.hatch;
      out.vertices.push(
        laid[i] ?? 0,
        laid[i + 1] ?? 0,
        laid[i + 2] ?? 0,
        ...area.colour,
        area.alpha,
        pitchPx,
        isCounter ? -linePx : linePx,
      );
    }
  });
  for (const index of PolygonPipeline.triangulate(flat, holes)) out.indices.push(base + index);
}
