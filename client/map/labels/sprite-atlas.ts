// The texture label texts are taken from. A text is drawn when it is first shown, into its own place on a shelf; when the
// shelves are full the atlas starts over with what is shown then.
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
  private readonly pending: { canvas: HTMLCanvasElement; sprite: Sprite }[] = [];
  private texture: Texture | null = null;
  private x = 0;
  private y = 0;
  private shelf = 0;

  /** The sprite of a key, drawn by `drawing` the first time. */
  take(key: string, drawing: () => Drawing): Sprite {
    const known = this.sprites.get(key);
    if (known) return known;
    const made = drawing();
    const width = Math.min(Math.ceil(made.width), ATLAS_SIDE);
    const height = Math.min(Math.ceil(made.height), ATLAS_SIDE);
    const sprite = this.reserve(width, height);
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('label atlas: no 2D canvas in this browser: use a current one');
    made.paint(context);
    this.sprites.set(key, sprite);
    this.pending.push({ canvas, sprite });
    return sprite;
  }

  clear(): void {
    this.sprites.clear();
    this.pending.length = 0;
    this.generation++;
    this.x = 0;
    this.y = 0;
    this.shelf = 0;
  }

  /** The texture with everything taken so far; null before the first sprite. */
  upload(context: Context): Texture | null {
    if (this.pending.length === 0) return this.texture;
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
    for (const { canvas, sprite } of this.pending)
      this.texture.copyFrom({ source: canvas, xOffset: sprite.x, yOffset: sprite.y });
    this.pending.length = 0;
    return this.texture;
  }

  destroy(): void {
    this.texture?.destroy();
    this.texture = null;
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
