// Draws the labels that fit. Texts come from an atlas; which ones are shown is settled whenever the camera has moved.
import {
  Buffer,
  BufferUsage,
  ComponentDatatype,
  IndexDatatype,
  PrimitiveType,
  Sampler,
  Texture,
  TextureMagnificationFilter,
  TextureMinificationFilter,
  VertexArray,
  type Context,
} from 'cesium';
import { Overlay, floatAttributes, type OverlayProgram } from '../engine/overlay.ts';
import type { StageState } from '../engine/stage-state.ts';
import { declutter, type Box } from './declutter.ts';
import type { Label } from './label.ts';
import { drawLabels, type Sprite } from './label-atlas.ts';

const VERTEX = /* glsl */ `
in vec3 here;
in vec4 corner;
out vec2 v_st;
void main() {
  vec4 at = screenOf(eyeOf(here.xy, here.z));
  // Whole pixels keep the strokes of the characters sharp.
  vec2 px = floor((at.xy / at.w * 0.5 + 0.5) * czm_viewport.zw) + corner.xy;
  at.xy = (px / czm_viewport.zw * 2.0 - 1.0) * at.w;
  gl_Position = at;
  v_st = corner.zw;
}
`;

const FRAGMENT = /* glsl */ `
in vec2 v_st;
uniform sampler2D u_atlas;
uniform float u_dim;
void main() {
  vec4 texel = texture(u_atlas, v_st);
  if (texel.a < 0.004) discard;
  out_FragColor = vec4(texel.rgb, texel.a) * mix(1.0, 0.55, u_dim);
}
`;

const SIZES = [3, 4];
const ATLAS_SIDE = 2048;
const GAP_PX = 4;

/** Screen position in canvas pixels, y down, or null behind the camera. */
export type Project = (east: number, north: number, height: number) => { x: number; y: number } | null;

export class LabelPrimitive extends Overlay {
  dim = 0;
  /** Ids of what is shown now, for tests and the debug overlay. */
  shown: ReadonlySet<string> = new Set();
  /** Their boxes, canvas pixels. */
  taken: readonly Box[] = [];
  private labels: readonly Label[] = [];
  private sprites: ReadonlyMap<string, Sprite> = new Map();
  private canvas: HTMLCanvasElement | null = null;
  private texture: Texture | null = null;
  private places: Float32Array = new Float32Array(0);
  private stale = false;
  private count = 0;

  constructor(state: StageState) {
    super(state);
  }

  /** Fonts must be loaded. @param unitPx size of one u in canvas pixels */
  set(labels: readonly Label[], unitPx: number): void {
    this.labels = labels;
    const { canvas, sprites } = drawLabels(labels, unitPx, this.state.theme);
    this.canvas = canvas;
    this.sprites = sprites;
    this.places = new Float32Array(labels.length * 3);
    const at = [0, 0];
    labels.forEach((label, index) => {
      this.state.frame.project(label.lon, label.lat, at);
      this.places.set([at[0] ?? 0, at[1] ?? 0, this.state.heights.at(label.lon, label.lat)], index * 3);
    });
  }

  /** Chooses what is shown for the camera as it is now. `free`: boxes that labels must not cover, in canvas pixels. */
  settle(project: Project, most: number): void {
    const boxes: Box[] = [];
    this.labels.forEach((label, index) => {
      const sprite = this.sprites.get(label.id);
      if (!sprite || label.belowM < this.state.heightM) return;
      const [east = 0, north = 0, height = 0] = this.places.subarray(index * 3, index * 3 + 3);
      const at = project(east, north, height);
      if (!at) return;
      const { left, top } = cornerOf(label, sprite, this.state.pixelScale);
      boxes.push({
        id: label.id,
        rank: label.rank,
        left: at.x + left - GAP_PX,
        top: at.y + top + sprite.height * 0.15,
        width: sprite.width + GAP_PX * 2,
        height: sprite.height * 0.7,
      });
    });
    this.shown = declutter(boxes, most);
    this.taken = boxes.filter(({ id }) => this.shown.has(id));
    this.stale = true;
  }

  protected override describe(): OverlayProgram {
    return {
      vertex: VERTEX,
      fragment: FRAGMENT,
      locations: { here: 0, corner: 1 },
      primitiveType: PrimitiveType.TRIANGLES,
      uniforms: { u_atlas: () => this.texture, u_dim: () => this.dim },
    };
  }

  protected override prepare(context: Context): { array?: VertexArray; count: number } | null {
    if (this.canvas) {
      this.texture?.destroy();
      this.texture = atlasTexture(context, this.canvas);
      this.canvas = null;
    }
    if (!this.texture) return null;
    if (!this.stale) return { count: this.count };
    this.stale = false;
    const { vertices, indices } = this.quads();
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
      indexDatatype: IndexDatatype.UNSIGNED_SHORT,
    });
    const array = new VertexArray({
      context,
      attributes: floatAttributes(buffer, SIZES, ComponentDatatype.FLOAT),
      indexBuffer,
    });
    return { array, count: this.count };
  }

  override destroy(): void {
    this.texture?.destroy();
    super.destroy();
  }

  private quads(): { vertices: Float32Array; indices: Uint16Array } {
    const vertices: number[] = [];
    const indices: number[] = [];
    this.labels.forEach((label, index) => {
      const sprite = this.sprites.get(label.id);
      if (!sprite || !this.shown.has(label.id)) return;
      const base = vertices.length / 7;
      const { left, top } = cornerOf(label, sprite, this.state.pixelScale);
      for (const [x, y] of [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ] as const) {
        vertices.push(
          ...this.places.subarray(index * 3, index * 3 + 3),
          Math.round(left + x * sprite.width),
          -Math.round(top + y * sprite.height),
          (sprite.x + x * sprite.width) / ATLAS_SIDE,
          (sprite.y + y * sprite.height) / ATLAS_SIDE,
        );
      }
      indices.push(base, base + 1, base + 2, base + 2, base + 1, base + 3);
    });
    return { vertices: new Float32Array(vertices), indices: new Uint16Array(indices) };
  }
}

/** Left top corner of a sprite from its place, canvas pixels, y down. */
function cornerOf(label: Label, sprite: Sprite, pixelScale: number): { left: number; top: number } {
  const top = -sprite.height / 2;
  return label.anchor === 'centre' ? { left: -sprite.width / 2, top } : { left: 8 * pixelScale, top };
}

function atlasTexture(context: Context, source: HTMLCanvasElement): Texture {
  return new Texture({
    context,
    source,
    flipY: false,
    preMultiplyAlpha: true,
    sampler: new Sampler({
      minificationFilter: TextureMinificationFilter.NEAREST,
      magnificationFilter: TextureMagnificationFilter.NEAREST,
    }),
  });
}
