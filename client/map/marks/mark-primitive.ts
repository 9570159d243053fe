// Draws the marks that found room, as pictures that move with their places.
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
import type { Mark } from './mark.ts';
import { MARK_FRAGMENT, MARK_VERTEX } from './mark.glsl.ts';
import { MarkPlaces, type MarkStand, type Place } from './mark-places.ts';
import { BOOK_SIDE, PictureBook } from './picture-book.ts';

/** Floats of a vertex: place, corner beside it in pixels, point of the picture. */
const FLOATS = 7;

export class MarkPrimitive extends Overlay {
  readonly places: MarkPlaces;
  private readonly book: PictureBook;
  private readonly onFont: () => void;
  private edition = 0;
  private quads: readonly MarkStand[] = [];
  private texture: Texture | null = null;
  private stale = false;
  private count = 0;

  /** @param onFont called when the face of a text that was left out has come */
  constructor(state: StageState, onFont: () => void) {
    super(state);
    this.onFont = onFont;
    this.book = new PictureBook(state.theme, onFont);
    this.places = new MarkPlaces((mark) => this.book.pictureOf(mark));
  }

  /** Marks of one layer; none takes them away. */
  set(slug: string, marks: readonly Mark[]): void {
    const { frame, heights } = this.state;
    const placed = marks.map((mark) => {
      const [east, north] = frame.toEnu(mark.lon, mark.lat);
      return { mark, place: [east, north, heights.at(mark.lon, mark.lat)] as const };
    });
    this.places.set(slug, placed);
  }

  /** @param unitPx size of one u in canvas pixels */
  setUnit(unitPx: number): void {
    this.book.setUnit(unitPx);
  }

  /** Draws what was settled from now on. */
  lay(): void {
    if (this.edition !== this.book.edition) {
      // The book started anew half-way: pictures chosen before that are void, and chosen again.
      this.edition = this.book.edition;
      this.places.forgetPictures();
      this.onFont();
    }
    if (!this.places.changed) return;
    this.places.changed = false;
    this.quads = this.places.shown();
    this.stale = true;
  }

  /** Boxes of what is shown, canvas pixels: left, top, right, bottom. */
  boxes(
    project: (place: Place) => { x: number; y: number } | null,
  ): { id: string; box: readonly [number, number, number, number] }[] {
    return this.quads.flatMap(({ mark, place, picture, left, top }) => {
      const at = project(place);
      if (!at || !picture) return [];
      const [x, y] = [at.x + left, at.y + top];
      return [{ id: mark.id, box: [x, y, x + picture.width, y + picture.height] as const }];
    });
  }

  /** The row whose mark is under a canvas point, as layer and key. */
  pick(
    project: (place: Place) => { x: number; y: number } | null,
    at: { readonly x: number; readonly y: number },
  ): { layer: string; key: string } | null {
    for (const { mark, place, picture, left, top } of this.quads) {
      const stand = project(place);
      if (!stand || !picture) continue;
      const x = at.x - stand.x - left;
      const y = at.y - stand.y - top;
      if (x < 0 || y < 0 || x > picture.width || y > picture.height) continue;
      const { id, keys, lines } = mark;
      const [layer = '', key = ''] = id.split('/');
      const line = Math.min(lines.length - 1, Math.floor((y / picture.height) * lines.length));
      return { layer, key: keys?.[line] ?? key };
    }
    return null;
  }

  protected override describe(): OverlayProgram {
    return {
      vertex: MARK_VERTEX,
      fragment: MARK_FRAGMENT,
      locations: { here: 0, corner: 1 },
      primitiveType: PrimitiveType.TRIANGLES,
      uniforms: { u_atlas: () => this.texture },
    };
  }

  protected override prepare(context: Context): { array?: VertexArray; count: number } | null {
    this.upload(context);
    if (!this.stale) return { count: this.count };
    this.stale = false;
    const { vertices, indices } = this.geometry();
    this.count = indices.length;
    if (this.count === 0) return null;
    const usage = BufferUsage.STATIC_DRAW;
    const buffer = Buffer.createVertexBuffer({ context, typedArray: vertices, usage });
    const indexBuffer = Buffer.createIndexBuffer({
      context,
      typedArray: indices,
      usage,
      indexDatatype: IndexDatatype.UNSIGNED_SHORT,
    });
    const attributes = floatAttributes(buffer, [3, 4], ComponentDatatype.FLOAT);
    return { array: new VertexArray({ context, attributes, indexBuffer }), count: this.count };
  }

  override destroy(): void {
    this.texture?.destroy();
    super.destroy();
  }

  private upload(context: Context): void {
    const dirty = this.book.takeDirty();
    if (!this.texture) {
      this.texture = new Texture({
        context,
        source: this.book.canvas,
        flipY: false,
        preMultiplyAlpha: true,
        sampler: new Sampler({
          minificationFilter: TextureMinificationFilter.NEAREST,
          magnificationFilter: TextureMagnificationFilter.NEAREST,
        }),
      });
    } else if (dirty) {
      this.texture.copyFrom({
        source: this.book.rows(dirty.from, dirty.to),
        xOffset: 0,
        yOffset: dirty.from,
      });
    }
  }

  private geometry(): { vertices: Float32Array; indices: Uint16Array } {
    const vertices = new Float32Array(this.quads.length * 4 * FLOATS);
    const indices = new Uint16Array(this.quads.length * 6);
    this.quads.forEach(({ place, picture, left, top }, index) => {
      if (!picture) return;
      for (let corner = 0; corner < 4; corner++) {
        const x = (corner & 1) * picture.width;
        const y = (corner >> 1) * picture.height;
        const at = [
          ...place,
          Math.round(left) + x,
          -Math.round(top) - y,
          (picture.x + x) / BOOK_SIDE,
          (picture.y + y) / BOOK_SIDE,
        ];
        vertices.set(at, (index * 4 + corner) * FLOATS);
      }
      const base = index * 4;
      indices.set([base, base + 1, base + 2, base + 2, base + 1, base + 3], index * 6);
    });
    return { vertices, indices };
  }
}
