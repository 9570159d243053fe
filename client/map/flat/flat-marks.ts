// The texts beside rows on the light map: chosen and placed as on the globe, drawn with a pen. Settled when the map moved,
// and at most twice a second when rows changed.
import { catalog } from '../../catalog.ts';
import { looks } from '../../looks/looks.ts';
import { session } from '../../stores/session.ts';
import { visible } from '../../stores/view.ts';
import type { Theme } from '../engine/theme.ts';
import type { Marks } from '../kit.ts';
import type { Hit } from '../layer.ts';
import type { Mark } from '../marks/mark.ts';
import { PictureBook, type Picture } from '../marks/picture-book.ts';
import { placeMarks, type Placed, type Rectangle, type Room, type Wish } from './place-marks.ts';
import { countyMarks, valuesOf, type CountyPlace } from '../marks/row-marks.ts';
import { glyphSizeAt } from './flat-glyphs.ts';
import type { FlatView } from './flat-view.ts';

const SETTLE_S = 0.5;
/** A smaller screen than a wall holds fewer. */
const MOST = 36;
/** A finger on the text means its row, unless a sign is nearer. */
const MARK_DISTANCE_PX = 8;

interface MarkWish extends Wish {
  readonly of: Mark;
  readonly picture: Picture;
}

interface Shown {
  readonly mark: Mark;
  readonly picture: Picture;
  /** Device pixels from the place to the left top corner. */
  readonly left: number;
  readonly top: number;
}

const shownOf = ({ wish, left, top }: Placed<MarkWish>): Shown => ({
  mark: wish.of,
  picture: wish.picture,
  left: left - wish.at.x,
  top: top - wish.at.y,
});

const boxOf = ({ wish: { width, height }, left, top }: Placed<MarkWish>): Rectangle => ({
  left,
  top,
  width,
  height,
});

export class FlatMarks {
  private readonly book: PictureBook;
  private readonly counties: readonly CountyPlace[];
  private readonly own = new Map<string, { marks: readonly Mark[]; shown: boolean }>();
  private shown: readonly Shown[] = [];
  private musts: readonly Placed<MarkWish>[] = [];
  private rest: readonly Placed<MarkWish>[] = [];
  /** What is to be placed yet, while it is. */
  private open: { readonly wishes: readonly MarkWish[]; readonly room: Room } | null = null;
  private dirty = true;
  private settledAt = '';
  private settledS = 0;

  /** @param onFont called when the face of a text that was left out has come */
  constructor(theme: Theme, counties: readonly CountyPlace[], onFont: () => void) {
    this.counties = counties;
    this.book = new PictureBook(theme, () => {
      this.touch();
      onFont();
    });
  }

  /** Ids of what is shown now, for tests. */
  get ids(): string[] {
    return this.shown.map(({ mark }) => mark.id);
  }

  /** Rows or counts changed. */
  touch(): void {
    this.dirty = true;
  }

  /** The marks one layer writes itself. */
  partOf(slug: string): Marks {
    const entry = { marks: [] as readonly Mark[], shown: true };
    this.own.set(slug, entry);
    return {
      set: (marks) => {
        entry.marks = marks;
        this.touch();
      },
      show: (shown) => {
        if (entry.shown === shown) return;
        entry.shown = shown;
        this.touch();
      },
      fade: () => undefined,
      raise: () => undefined,
      destroy: () => this.own.delete(slug),
    };
  }

  /**
   * Places what must be shown, before the names of the land; `finish` places the rest.
   * @param circles what is there already, device pixels @param unitPx device pixels of one u
   */
  begin(
    view: FlatView,
    { density, unitPx, circles }: { density: number; unitPx: number; circles: readonly Rectangle[] },
  ): void {
    const { longitude, latitude, width, height, pitch } = view.viewport;
    const at = [longitude, latitude, view.zoom, pitch, view.bearing, width, height].map((n) => n.toFixed(5));
    const signature = `${at.join()} ${density} ${session.locale}`;
    const moved = signature !== this.settledAt;
    this.open = null;
    if (!moved && !(this.dirty && view.nowS - this.settledS > SETTLE_S)) return;
    this.settledAt = signature;
    this.settledS = view.nowS;
    this.dirty = false;
    this.book.setUnit(unitPx);
    const marks = this.collect(view);
    const { edition } = this.book;
    let wishes = this.wishes(marks, view, density);
    // The book started anew half-way: pictures chosen before that are void.
    if (edition !== this.book.edition) wishes = this.wishes(marks, view, density);
    const room = { width: width * density, height: height * density, taken: circles, most: MOST };
    this.musts = placeMarks(
      wishes.filter(({ must }) => must),
      room,
    );
    this.open = { wishes: wishes.filter(({ must }) => !must), room };
    this.shown = this.musts.map(shownOf);
  }

  /**
   * Boxes of what names stand beside, device pixels: what must be shown, and all that stands already. What is placed anew in
   * this picture comes after the names.
   */
  standingBoxes(): Rectangle[] {
    return [...this.musts, ...(this.open ? [] : this.rest)].map(boxOf);
  }

  /** Places the rest where the names leave room. @param names device pixels */
  finish(names: readonly Rectangle[]): void {
    if (!this.open) return;
    const { wishes, room } = this.open;
    const taken = [...room.taken, ...this.musts.map(boxOf), ...names];
    this.rest = placeMarks(wishes, { ...room, taken, most: room.most - this.musts.length });
    this.shown = [...this.musts, ...this.rest].map(shownOf);
    this.open = null;
  }

  /** @param pen in device pixels */
  draw(pen: CanvasRenderingContext2D, view: FlatView, density: number): void {
    for (const { mark, picture, left, top } of this.shown) {
      const { x, y, width, height } = picture;
      const [px = 0, py = 0] = view.viewport.project([mark.lon, mark.lat]);
      const toX = Math.round(px * density + left);
      const toY = Math.round(py * density + top);
      pen.drawImage(this.book.canvas, x, y, width, height, toX, toY, width, height);
    }
  }

  /** The row whose text is under a point, CSS pixels. */
  pick(view: FlatView, at: { readonly x: number; readonly y: number }, density: number): Hit | null {
    for (const { mark, picture, left, top } of this.shown) {
      const [px = 0, py = 0] = view.viewport.project([mark.lon, mark.lat]);
      const x = (at.x - px) * density - left;
      const y = (at.y - py) * density - top;
      if (x < 0 || y < 0 || x > picture.width || y > picture.height) continue;
      const [layer = '', key = ''] = mark.id.split('/');
      const line = Math.min(mark.lines.length - 1, Math.floor((y / picture.height) * mark.lines.length));
      if (catalog.has(layer)) return { layer, key: mark.keys?.[line] ?? key, distancePx: MARK_DISTANCE_PX };
    }
    return null;
  }

  private collect(view: FlatView): Mark[] {
    const { viewport, heightM } = view;
    const inView = (lon: number, lat: number): boolean => {
      const [x = 0, y = 0] = viewport.project([lon, lat]);
      return x >= 0 && y >= 0 && x <= viewport.width && y <= viewport.height;
    };
    const glyphPx = (slug: string): number => {
      const look = looks.get(slug);
      return look ? glyphSizeAt(look.size, heightM) : 0;
    };
    const marks = countyMarks(this.counties, heightM);
    for (const slug of looks.keys()) {
      marks.push(...valuesOf(slug, { heightM, glyphPx, inView }));
      const own = this.own.get(slug);
      if (own?.shown && visible.get(slug)) marks.push(...own.marks);
    }
    return marks.filter(({ belowM, aboveM = 0 }) => heightM < belowM && heightM >= aboveM);
  }

  private wishes(marks: readonly Mark[], { viewport }: FlatView, density: number): MarkWish[] {
    return marks.flatMap((mark): MarkWish[] => {
      const [x = 0, y = 0] = viewport.project([mark.lon, mark.lat]);
      if (x < 0 || y < 0 || x > viewport.width || y > viewport.height) return [];
      const picture = this.book.pictureOf(mark);
      if (!picture) return [];
      const { width, height } = picture;
      const { rank, stand = 'beside', must = false } = mark;
      const at = { x: x * density, y: y * density };
      return [{ of: mark, picture, at, width, height, rank, stand, must, clearPx: mark.clearPx * density }];
    });
  }
}
