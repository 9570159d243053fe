// Draws the marks that have room: beside the labels of the land and beside each other, the most important first.
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
import { BOOK_SIDE, PictureBook, type Picture } from './picture-book.ts';
import { placeMarks, type Rectangle, type Wish } from './place-marks.ts';

/** Canvas pixels of a place on the plane, y down, or null where it is not in view. */
export type Project = (east: number, north: number, height: number) => { x: number; y: number } | null;

export interface SettleOptions {
  /** What is there already, canvas pixels. */
  readonly taken: readonly Rectangle[];
  readonly most: number;
  /** Size of one u in canvas pixels. */
  readonly unitPx: number;
}

interface Stand {
  readonly mark: Mark;
  readonly east: number;
  readonly north: number;
  readonly height: number;
}

interface MarkWish {
  readonly of: Stand;
  readonly picture: Picture;
}

interface Shown {
  readonly stand: Stand;
  readonly picture: Picture;
  readonly left: number;
  readonly top: number;
}

export class MarkPrimitive extends Overlay {
  /** Ids of what is shown now, for tests. */
  shown: readonly string[] = [];
  private readonly book: PictureBook;
  private readonly bySlug = new Map<string, readonly Stand[]>();
  private quads: readonly Shown[] = [];
  private texture: Texture | null = null;
  private stale = false;
  private count = 0;

  /** @param onFont called when the face of a text that was left out has come */
  constructor(state: StageState, onFont: () => void) {
    super(state);
    this.book = new PictureBook(state.theme, onFont);
  }

  /** Marks of one layer; none takes them away. */
  set(slug: string, marks: readonly Mark[]): void {
    const at = [0, 0];
    this.bySlug.set(
      slug,
      marks.map((mark) => {
        this.state.frame.project(mark.lon, mark.lat, at);
        const height = this.state.heights.at(mark.lon, mark.lat);
        return { mark, east: at[0] ?? 0, north: at[1] ?? 0, height };
      }),
    );
  }

  /** Chooses what is shown for the camera as it is now. */
  settle(project: Project, { taken, most, unitPx }: SettleOptions): void {
    this.book.setUnit(unitPx);
    const { edition } = this.book;
    let wishes = this.wishes(project);
    // The book started anew half-way: pictures chosen before that are void.
    if (edition !== this.book.edition) wishes = this.wishes(project);
    this.quads = placeMarks(wishes, { ...this.state.viewport, taken, most }).map(({ wish, left, top }) => ({
      stand: wish.of,
      picture: wish.picture,
      left: left - wish.at.x,
      top: top - wish.at.y,
    }));
    this.shown = this.quads.map(({ stand }) => stand.mark.id);
    this.stale = true;
  }

  /** The row whose mark is under a canvas point, as layer and key. */
  pick(
    project: Project,
    at: { readonly x: number; readonly y: number },
  ): { layer: string; key: string } | null {
    for (const { stand, picture, left, top } of this.quads) {
      const place = project(stand.east, stand.north, stand.height);
      if (!place) continue;
      const x = at.x - place.x - left;
      const y = at.y - place.y - top;
      if (x < 0 || y < 0 || x > picture.width || y > picture.height) continue;
      const { id, keys, lines } = stand.mark;
      const [layer = '', key = ''] = id.split('/');
      const line = Math.min(lines.length - 1, Math.floor((y / picture.height) * lines.length));
      return { layer, key: keys?.[line] ?? key };
    }
    return null;
  }

  private wishes(project: Project): (MarkWish & Wish)[] {
    const wishes: (MarkWish & Wish)[] = [];
    for (const stands of this.bySlug.values()) {
      for (const stand of stands) {
        const { belowM, aboveM = 0 } = stand.mark;
        if (this.state.heightM >= belowM || this.state.heightM < aboveM) continue;
        const at = project(stand.east, stand.north, stand.height);
        const picture = at && this.book.pictureOf(stand.mark);
        if (!at || !picture) continue;
        const { rank, clearPx, stand: where, must } = stand.mark;
        wishes.push({
          of: stand,
          stand: where ?? 'beside',
          picture,
          at,
          rank,
          clearPx: clearPx * this.state.pixelScale,
          width: picture.width,
          height: picture.height,
          must: must ?? false,
        });
      }
    }
    return wishes;
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
    const vertices = new Float32Array(this.quads.length * 4 * 7);
    const indices = new Uint16Array(this.quads.length * 6);
    this.quads.forEach(({ stand, picture, left, top }, index) => {
      for (let corner = 0; corner < 4; corner++) {
        const x = corner & 1;
        const y = corner >> 1;
        const at = [
          stand.east,
          stand.north,
          stand.height,
          Math.round(left + x * picture.width),
          -Math.round(top + y * picture.height),
          (picture.x + x * picture.width) / BOOK_SIDE,
          (picture.y + y * picture.height) / BOOK_SIDE,
        ];
        vertices.set(at, (index * 4 + corner) * 7);
      }
      const base = index * 4;
      indices.set([base, base + 1, base + 2, base + 2, base + 1, base + 3], index * 6);
    });
    return { vertices, indices };
  }
}
