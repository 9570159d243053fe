// Pictures of marks in one canvas, drawn when first needed and kept while there is room; when it is full it starts anew.
import type { Theme } from '../engine/theme.ts';
import { drawForm } from '../../ui/glyphs/draw.ts';
import { pictureKey, type Mark, type Run } from './mark.ts';

export interface Picture {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const BOOK_SIDE = 2048;
/** Sizes in units of the screen. */
const TEXT_U = 0.95;
const NUMBER_U = 1.25;
const SIGN_U = 1.1;
const LINE_U = 1.35;
const TEXT = '"Noto Sans SC Variable"';
const DIGITS = '"Barlow Condensed"';

export class PictureBook {
  readonly canvas = document.createElement('canvas');
  /** Raised when old pictures are void: whoever holds one asks again. */
  edition = 0;
  private readonly asked = new Set<string>();
  private readonly pictures = new Map<string, Picture>();
  private readonly pen: CanvasRenderingContext2D;
  private x = 0;
  private y = 0;
  private rowHeight = 0;
  private unitPx = 15;
  private readonly theme: Theme;
  private dirtyFrom = BOOK_SIDE;
  private dirtyTo = 0;

  private readonly onFont: () => void;

  constructor(theme: Theme, onFont: () => void) {
    this.theme = theme;
    this.onFont = onFont;
    this.canvas.width = BOOK_SIDE;
    this.canvas.height = BOOK_SIDE;
    const pen = this.canvas.getContext('2d', { willReadFrequently: true });
    if (!pen) throw new Error('marks: no 2D canvas in this browser: use a current one');
    this.pen = pen;
  }

  /** @param unitPx size of one u in canvas pixels */
  setUnit(unitPx: number): void {
    if (unitPx === this.unitPx) return;
    this.unitPx = unitPx;
    this.startAnew();
  }

  /** The picture of a mark; null while its face is on the way, or where not even an empty book has room for it. */
  pictureOf(mark: Pick<Mark, 'lines'>): Picture | null {
    const key = pictureKey(mark);
    const known = this.pictures.get(key);
    if (known) return known;
    if (!this.hasFonts(mark)) return null;
    const widths = mark.lines.map((runs) => this.widthOf(runs));
    const halo = this.halo();
    const width = Math.ceil(Math.max(...widths) + halo * 2 + 2);
    const height = Math.ceil(mark.lines.length * LINE_U * this.unitPx + halo);
    const picture = this.room(width, height) ?? (this.startAnew(), this.room(width, height));
    if (!picture) return null;
    mark.lines.forEach((runs, index) => {
      const y = picture.y + halo / 2 + (index + 0.5) * LINE_U * this.unitPx;
      this.drawLine(runs, picture.x + halo, y);
    });
    this.pictures.set(key, picture);
    this.dirtyFrom = Math.min(this.dirtyFrom, picture.y);
    this.dirtyTo = Math.max(this.dirtyTo, picture.y + height);
    return picture;
  }

  /** Rows of the canvas that changed since the last call. */
  takeDirty(): { from: number; to: number } | null {
    if (this.dirtyTo <= this.dirtyFrom) return null;
    const dirty = { from: this.dirtyFrom, to: Math.min(BOOK_SIDE, this.dirtyTo) };
    this.dirtyFrom = BOOK_SIDE;
    this.dirtyTo = 0;
    return dirty;
  }

  rows(from: number, to: number): ImageData {
    return this.pen.getImageData(0, from, BOOK_SIDE, to - from);
  }

  /** The faces are cut by characters: one that was never shown must be fetched first. */
  private hasFonts({ lines }: Pick<Mark, 'lines'>): boolean {
    let ready = true;
    for (const run of lines.flat()) {
      if (run.kind === 'sign') continue;
      const font = this.fontOf(run);
      if (document.fonts.check(font, run.text)) continue;
      ready = false;
      const asked = `${font}/${run.text}`;
      if (this.asked.has(asked)) continue;
      this.asked.add(asked);
      void document.fonts.load(font, run.text).then(this.onFont);
    }
    return ready;
  }

  private startAnew(): void {
    this.pictures.clear();
    this.pen.clearRect(0, 0, BOOK_SIDE, BOOK_SIDE);
    this.x = 0;
    this.y = 0;
    this.rowHeight = 0;
    this.edition++;
    this.dirtyFrom = 0;
    this.dirtyTo = BOOK_SIDE;
  }

  private room(width: number, height: number): Picture | null {
    if (this.x + width > BOOK_SIDE) {
      this.x = 0;
      this.y += this.rowHeight;
      this.rowHeight = 0;
    }
    if (width > BOOK_SIDE || this.y + height > BOOK_SIDE) return null;
    const picture = { x: this.x, y: this.y, width, height };
    this.x += width;
    this.rowHeight = Math.max(this.rowHeight, height);
    return picture;
  }

  private halo(): number {
    return Math.max(2, this.unitPx * 0.16);
  }

  private fontOf(run: Run): string {
    return run.kind === 'number'
      ? `500 ${NUMBER_U * this.unitPx}px ${DIGITS}, ${TEXT}`
      : `${run.kind === 'text' && run.strong ? 600 : 440} ${TEXT_U * this.unitPx}px ${TEXT}`;
  }

  private widthOf(runs: readonly Run[]): number {
    const gap = 0.28 * this.unitPx;
    return runs.reduce((sum, run, index) => {
      const space = index === 0 ? 0 : gap;
      if (run.kind === 'sign') return sum + space + SIGN_U * this.unitPx;
      this.pen.font = this.fontOf(run);
      return sum + space + this.pen.measureText(run.text).width;
    }, 0);
  }

  private drawLine(runs: readonly Run[], left: number, middle: number): void {
    const { pen, unitPx } = this;
    const css = (parts: readonly number[]): string =>
      `rgb(${parts.map((part) => Math.round(part * 255)).join(' ')})`;
    let x = left;
    pen.textAlign = 'left';
    pen.textBaseline = 'middle';
    pen.lineJoin = 'round';
    for (const run of runs) {
      const tint = css(this.theme.tints[run.tint]);
      const halo = css(this.theme.halo);
      if (run.kind === 'sign') {
        const size = SIGN_U * unitPx;
        const at = { x: x + size / 2, y: middle, size: size * 1.3 };
        for (const [dx, dy] of [
          [-1.5, 0],
          [1.5, 0],
          [0, -1.5],
          [0, 1.5],
        ] as const)
          drawForm(pen, run.form, { ...at, x: at.x + dx, y: at.y + dy, pens: { tint: halo, gap: halo } });
        drawForm(pen, run.form, { ...at, pens: { tint, gap: halo } });
        x += size;
      } else {
        pen.font = this.fontOf(run);
        pen.lineWidth = this.halo() * 2;
        pen.strokeStyle = halo;
        pen.strokeText(run.text, x, middle);
        pen.fillStyle = tint;
        pen.fillText(run.text, x, middle);
        x += pen.measureText(run.text).width;
      }
      x += 0.28 * unitPx;
    }
  }
}
