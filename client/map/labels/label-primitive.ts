// Draws what the board decided: quads on the screen, laid anew when the camera moved, out of one kept buffer.
import {
  Buffer,
  BufferUsage,
  ComponentDatatype,
  IndexDatatype,
  PrimitiveType,
  VertexArray,
  type Context,
  type Texture,
} from 'cesium';
import { Overlay, floatAttributes, type OverlayProgram } from '../engine/overlay.ts';
import type { StageState } from '../engine/stage-state.ts';
import type { Label } from './label.ts';
import { LabelBoard } from './label-board.ts';
import { LabelPen, loadLabelFonts } from './label-pen.ts';
import type { NameRun } from './name-run.ts';
import { ATLAS_SIDE, SpriteAtlas, type Sprite } from './sprite-atlas.ts';

const VERTEX = /* glsl */ `
in vec4 corner;
out vec2 v_st;
void main() {
  vec2 at = corner.xy / czm_viewport.zw * 2.0 - 1.0;
  gl_Position = vec4(at.x, -at.y, 0.0, 1.0);
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

/** Sixty labels with their marks, and a dozen rivers of up to twenty characters. */
const MOST_QUADS = 512;
const QUAD_FLOATS = 16;

export class LabelPrimitive extends Overlay {
  dim = 0;
  readonly board = new LabelBoard();
  private readonly atlas = new SpriteAtlas();
  /** Sprites by label, of the edition of the atlas they were taken from. */
  private readonly texts = new Map<number, readonly Sprite[]>();
  private readonly marks = new Map<number, Sprite>();
  private spritesOf = -1;
  private pen: LabelPen | null = null;
  private texture: Texture | null = null;
  private buffer: Buffer | null = null;
  private readonly vertices = new Float32Array(MOST_QUADS * QUAD_FLOATS);
  private quads = 0;
  private readonly at = { x: 0, y: 0 };
  private laid = false;
  private places: Float32Array = new Float32Array(0);
  private readonly lines = new Map<number, Float32Array>();
  private round = 0;
  private readonly onReady: () => void;
  private readonly asked = new Set<number>();

  /** @param onReady called when more labels can be drawn */
  constructor(state: StageState, onReady: () => void) {
    super(state);
    this.onReady = onReady;
  }

  /** Ids of what is shown now, for tests and the debug overlay. */
  get shown(): string[] {
    const { board } = this;
    return board.labels.filter((_, index) => board.shown[index] === 1).map(({ id }) => id);
  }

  /** Boxes of the texts shown now, canvas pixels: left, top, right, bottom. */
  boxes(): { id: string; box: readonly [number, number, number, number] }[] {
    return this.board.boxes();
  }

  /** @param unitPx size of one u in canvas pixels */
  set(labels: readonly Label[], unitPx: number): void {
    this.round++;
    this.asked.clear();
    this.atlas.clear();
    this.pen = new LabelPen(this.state.theme, unitPx);
    this.board.set(labels);
    this.lines.clear();
    this.places = new Float32Array(labels.length * 3);
    labels.forEach((label, index) => {
      this.places.set(this.placeOf(label.lon, label.lat), index * 3);
      if (!label.along) return;
      const { line } = label.along;
      const laid = new Float32Array(line.length * 3);
      line.forEach(([lon, lat], point) => laid.set(this.placeOf(lon, lat), point * 3));
      this.lines.set(index, laid);
    });
  }

  /** East, north, height of a label's place, or of a point of its line, written into `out`. */
  placeInto(label: number, point: number, out: [number, number, number]): void {
    const source = point < 0 ? this.places : this.lines.get(label);
    const at = (point < 0 ? label : point) * 3;
    out[0] = source?.[at] ?? 0;
    out[1] = source?.[at + 1] ?? 0;
    out[2] = source?.[at + 2] ?? 0;
  }

  /** Draws what was settled from now on. */
  lay(): void {
    if (this.board.wanted.length > 0) void this.prepareTexts();
    const { generation } = this.atlas;
    this.layAll();
    // The atlas started over on the way: what was laid before that is laid again from the new one.
    if (generation !== this.atlas.generation) this.layAll();
    this.laid = true;
  }

  protected override describe(): OverlayProgram {
    return {
      vertex: VERTEX,
      fragment: FRAGMENT,
      locations: { corner: 0 },
      primitiveType: PrimitiveType.TRIANGLES,
      uniforms: { u_atlas: () => this.texture, u_dim: () => this.dim },
    };
  }

  protected override prepare(context: Context): { array?: VertexArray; count: number } | null {
    this.texture = this.atlas.upload(context);
    if (!this.texture || this.quads === 0) return null;
    const count = this.quads * 6;
    if (!this.buffer) return { array: this.createArray(context), count };
    if (this.laid) this.buffer.copyFromArrayView(this.vertices.subarray(0, this.quads * QUAD_FLOATS));
    this.laid = false;
    return { count };
  }

  override destroy(): void {
    this.atlas.destroy();
    super.destroy();
  }

  private placeOf(lon: number, lat: number): [number, number, number] {
    const [east, north] = this.state.frame.toEnu(lon, lat);
    return [east, north, this.state.heights.at(lon, lat)];
  }

  /** Loads the faces of the texts that are wanted and measures them; they are placed in the next picture. */
  private async prepareTexts(): Promise<void> {
    const { board, pen, round } = this;
    const fresh = board.wanted.filter((index) => !this.asked.has(index));
    if (!pen || fresh.length === 0) return;
    for (const index of fresh) this.asked.add(index);
    const labels = fresh.map((index) => board.labels[index]).filter((label) => label !== undefined);
    await loadLabelFonts(labels);
    if (round !== this.round || this.isDestroyed()) return;
    for (const index of fresh) {
      const label = board.labels[index];
      if (!label) continue;
      const { width, height, reach } = pen.size(label);
      board.width[index] = width;
      board.height[index] = label.along ? pen.pxOf(label.style) : height;
      board.reach[index] = reach;
      if (label.along) board.advances.set(index, pen.advances(label));
    }
    this.onReady();
  }

  private layAll(): void {
    const { board, atlas } = this;
    this.quads = 0;
    if (this.spritesOf !== atlas.generation) {
      this.spritesOf = atlas.generation;
      this.texts.clear();
      this.marks.clear();
    }
    for (let index = 0; index < board.labels.length; index++) {
      if (board.shown[index] === 1) this.layLabel(index, board.labels[index] as Label);
    }
  }

  private layLabel(index: number, label: Label): void {
    const { board } = this;
    const run = board.runs.get(index);
    if (run) {
      this.layRun(index, label, run);
      return;
    }
    if (board.hasMark(index))
      this.quad(this.markOf(index, label), board.markX[index] as number, board.markY[index] as number);
    const [sprite] = this.textOf(index, label);
    if (sprite) this.quad(sprite, board.x[index] as number, board.y[index] as number);
  }

  private layRun(index: number, label: Label, run: NameRun): void {
    const sprites = this.textOf(index, label);
    for (let i = 0; i < run.count; i++) {
      const sprite = sprites[i];
      if (sprite) this.turnedQuad(sprite, run, i);
    }
  }

  /** The text of a label, of a name along a line each of its characters; looked up once for each edition of the atlas. */
  private textOf(index: number, label: Label): readonly Sprite[] {
    const known = this.texts.get(index);
    if (known) return known;
    const { pen, atlas } = this;
    if (!pen) return [];
    const sprites = label.along
      ? [...label.text].map((character) =>
          atlas.take(`river ${label.style.sizeU} ${character}`, () => pen.text(label, character)),
        )
      : [atlas.take(label.id, () => pen.text(label, label.text))];
    if (this.spritesOf === atlas.generation) this.texts.set(index, sprites);
    return sprites;
  }

  private markOf(index: number, { style }: Label): Sprite {
    const known = this.marks.get(index);
    if (known) return known;
    const { pen, atlas } = this;
    if (!pen) throw new Error('labels: a mark before the labels were set: call set first');
    const sprite = atlas.take(`mark ${style.mark} ${style.sizeU} ${style.colour}`, () => pen.mark(style));
    if (this.spritesOf === atlas.generation) this.marks.set(index, sprite);
    return sprite;
  }

  /** Whole pixels keep the strokes of level characters sharp. */
  private quad(sprite: Sprite, x: number, y: number): void {
    if (this.quads === MOST_QUADS) return;
    const left = Math.round(x - sprite.width / 2);
    const top = Math.round(y - sprite.height / 2);
    for (let corner = 0; corner < 4; corner++) {
      this.at.x = left + (corner & 1) * sprite.width;
      this.at.y = top + (corner >> 1) * sprite.height;
      this.vertex(sprite, corner);
    }
    this.quads++;
  }

  private turnedQuad(sprite: Sprite, run: NameRun, i: number): void {
    if (this.quads === MOST_QUADS) return;
    const cos = Math.cos(run.turn[i] as number);
    const sin = Math.sin(run.turn[i] as number);
    for (let corner = 0; corner < 4; corner++) {
      const x = ((corner & 1) - 0.5) * sprite.width;
      const y = ((corner >> 1) - 0.5) * sprite.height;
      this.at.x = (run.x[i] as number) + x * cos - y * sin;
      this.at.y = (run.y[i] as number) + x * sin + y * cos;
      this.vertex(sprite, corner);
    }
    this.quads++;
  }

  private vertex(sprite: Sprite, corner: number): void {
    const at = this.quads * QUAD_FLOATS + corner * 4;
    this.vertices[at] = this.at.x;
    this.vertices[at + 1] = this.at.y;
    this.vertices[at + 2] = (sprite.x + (corner & 1) * sprite.width) / ATLAS_SIDE;
    this.vertices[at + 3] = (sprite.y + (corner >> 1) * sprite.height) / ATLAS_SIDE;
  }

  private createArray(context: Context): VertexArray {
    const indices = new Uint16Array(MOST_QUADS * 6);
    for (let quad = 0; quad < MOST_QUADS; quad++) {
      const base = quad * 4;
      indices.set([base, base + 1, base + 2, base + 2, base + 1, base + 3], quad * 6);
    }
    this.buffer = Buffer.createVertexBuffer({
      context,
      typedArray: this.vertices,
      usage: BufferUsage.DYNAMIC_DRAW,
    });
    this.laid = false;
    return new VertexArray({
      context,
      attributes: floatAttributes(this.buffer, [4], ComponentDatatype.FLOAT),
      indexBuffer: Buffer.createIndexBuffer({
        context,
        typedArray: indices,
        usage: BufferUsage.STATIC_DRAW,
        indexDatatype: IndexDatatype.UNSIGNED_SHORT,
      }),
    });
  }
}
