// The texture label texts are taken from. A text is drawn when it is first shown, into its own place on a shelf of one
// canvas, and what is new goes to the texture in one piece; when the shelves are full the atlas starts over.
import {
  Sampler,
  Texture,
  TextureMagnificationFilter,
  TextureMinificationFilter,
  type Context,
} from 'cesium';

export interface Sprite {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is drawn: its size in pixels and the drawing, with the left top corner as the origin. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  paint(context: CanvasRenderingContext2D): void;
}

export const ATLAS_SIDE = 2048;
const GUTTER_PX = 1;

export class SpriteAtlas {
  /** Raised when the atlas started over: sprites taken before are gone. */
  generation = 0;
  private readonly sprites = new Map<string, Sprite>();
  private readonly pen: CanvasRenderingContext2D;
  private texture: Texture | null = null;
  private x = 0;
  private y = 0;
  private shelf = 0;
  /** Rows that are not yet in the texture. */
  private dirtyFrom = ATLAS_SIDE;
  private dirtyTo = 0;

  constructor() {
    const canvas = document.createElement('canvas');
    canvas.width = ATLAS_SIDE;
    canvas.height = ATLAS_SIDE;
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    if (!pen) throw new Error('label atlas: no 2D canvas in this browser: use a current one');
    this.pen = pen;
  }

  /** The sprite of a key, drawn by `drawing` the first time. */
  take(key: string, drawing: () => Drawing): Sprite {
    const known = this.sprites.get(key);
    if (known) return known;
    const made = drawing();
    const width = Math.min(Math.ceil(made.width), ATLAS_SIDE);
    const height = Math.min(Math.ceil(made.height), ATLAS_SIDE);
    const sprite = this.reserve(width, height);
    this.paint(made, sprite);
    this.sprites.set(key, sprite);
    return sprite;
  }

  clear(): void {
    // An atlas nothing was drawn into is clear: to clear it would make all of its 16 MB at once.
    if (this.sprites.size > 0) this.pen.clearRect(0, 0, ATLAS_SIDE, this.y + this.shelf);
    this.sprites.clear();
    this.generation++;
    this.x = 0;
    this.y = 0;
    this.shelf = 0;
    this.dirtyFrom = ATLAS_SIDE;
    this.dirtyTo = 0;
  }

  /** The texture with everything taken so far; null before the first sprite. */
  upload(context: Context): Texture | null {
    if (this.dirtyTo <= this.dirtyFrom) return this.texture;
    this.texture ??= new Texture({
      context,
      width: ATLAS_SIDE,
      height: ATLAS_SIDE,
      flipY: false,
      preMultiplyAlpha: true,
      sampler: new Sampler({
        minificationFilter: TextureMinificationFilter.LINEAR,
        magnificationFilter: TextureMagnificationFilter.LINEAR,
      }),
    });
    const rows = this.pen.getImageData(0, this.dirtyFrom, ATLAS_SIDE, this.dirtyTo - this.dirtyFrom);
    this.texture.copyFrom({ source: rows, xOffset: 0, yOffset: this.dirtyFrom });
    this.dirtyFrom = ATLAS_SIDE;
    this.dirtyTo = 0;
    return this.texture;
  }

  destroy(): void {
    this.texture?.destroy();
    this.texture = null;
  }

  private paint(drawing: Drawing, { x, y, width, height }: Sprite): void {
    const { pen } = this;
    pen.save();
    pen.beginPath();
    pen.rect(x, y, width, height);
    pen.clip();
    pen.translate(x, y);
    drawing.paint(pen);
    pen.restore();
    this.dirtyFrom = Math.min(this.dirtyFrom, y);
    this.dirtyTo = Math.max(this.dirtyTo, y + height);
  }

  private reserve(width: number, height: number): Sprite {
    if (this.x + width > ATLAS_SIDE) {
      this.x = 0;
      this.y += this.shelf + GUTTER_PX;
      this.shelf = 0;
    }
    if (this.y + height > ATLAS_SIDE) this.clear();
    const sprite = { x: this.x, y: this.y, width, height };
    this.x += width + GUTTER_PX;
    this.shelf = Math.max(this.shelf, height);
    return sprite;
  }
}
