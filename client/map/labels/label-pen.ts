// How the texts and marks of labels are drawn, and how wide they will be.
import type { Theme } from '../engine/theme.ts';
import type { Label, LabelStyle, Mark } from './label.ts';
import type { Drawing } from './sprite-atlas.ts';

const SLANT = Math.tan((14 * Math.PI) / 180);
const families = {
  text: '"Noto Sans SC Variable"',
  song: '"Noto Serif SC"',
  digits: '"Barlow Condensed"',
} as const;

/** Halo and mark as parts of one u and of the size of the text. */
const HALO_U = 0.16;
const MARK_EM: Readonly<Record<Mark, number>> = {
  none: 0,
  peak: 0.34,
  dot: 0.2,
  ring: 0.3,
  spot: 0.14,
  house: 0.34,
  cross: 0.32,
};

/** They stand in squares that do not depend on their neighbours: their widths add up. */
const ONLY_HAN = /^[\u4e00-\u9fff]+$/;

export const fontOf = (style: LabelStyle, px: number): string =>
  `${style.weight} ${px}px ${families[style.font]}`;

/** Loads the faces for exactly these characters. */
export async function loadLabelFonts(labels: readonly Label[]): Promise<void> {
  const texts = new Map<string, string>();
  for (const { style, text } of labels) {
    const font = fontOf(style, 16);
    texts.set(font, (texts.get(font) ?? '') + text);
  }
  await Promise.all([...texts].map(([font, text]) => document.fonts.load(font, text)));
}

export class LabelPen {
  private readonly context: CanvasRenderingContext2D;
  private readonly theme: Theme;
  private readonly unitPx: number;
  private readonly halo: number;
  private prepared: LabelStyle | null = null;
  /** Widths of single characters of `prepared`, by code point, pixels. */
  private readonly widths = new Map<number, number>();

  /** @param unitPx size of one u in canvas pixels */
  constructor(theme: Theme, unitPx: number) {
    const context = document.createElement('canvas').getContext('2d');
    if (!context) throw new Error('label atlas: no 2D canvas in this browser: use a current one');
    this.context = context;
    this.theme = theme;
    this.unitPx = unitPx;
    this.halo = Math.max(2, unitPx * HALO_U);
  }

  size(label: Label): { width: number; height: number; reach: number } {
    const px = this.pxOf(label.style);
    return {
      width: this.measure(label.style, label.text) + this.extra(label.style, px),
      height: Math.ceil(px * (label.style.plate ? 1.5 : 1.3) + this.halo * 2),
      // What bears a sign of its own on the map keeps its name off it.
      reach:
        label.anchor === 'beside' && label.style.mark === 'none'
          ? this.pxOf(label.style) * 0.7
          : this.reach(label.style),
    };
  }

  /** Width of each character with its gap, for names along a line. */
  advances(label: Label): Float32Array {
    const px = this.pxOf(label.style);
    const gap = (label.text.length > 6 ? 0.04 : Math.max(label.style.spacingEm, 0.12)) * px;
    const bare = { ...label.style, spacingEm: 0 };
    return Float32Array.from([...label.text], (character) => this.measure(bare, character) + gap);
  }

  pxOf(style: LabelStyle): number {
    return Math.round(style.sizeU * this.unitPx);
  }

  reach(style: LabelStyle): number {
    return style.mark === 'none' ? 0 : Math.round(MARK_EM[style.mark] * this.pxOf(style) + this.halo);
  }

  text(label: Label, text: string): Drawing {
    const { style } = label;
    const px = this.pxOf(style);
    const width = Math.ceil(this.measure(style, text) + this.extra(style, px));
    const height = Math.ceil(px * (style.plate ? 1.5 : 1.3) + this.halo * 2);
    return {
      width,
      height,
      paint: (context) => {
        if (style.plate) this.plate(context, { width, height, colour: style.colour });
        this.prepare(context, style);
        context.translate(this.halo + (style.plate ? px * 0.3 : 0), height / 2);
        // Rivers lean to the left: the head of the characters goes left of their foot.
        if (style.slanted) context.transform(1, 0, SLANT, 1, px * SLANT * 0.5, 0);
        context.lineJoin = 'round';
        context.lineWidth = this.halo * 2;
        context.strokeStyle = this.dark();
        if (!style.plate) context.strokeText(text, 0, 0);
        context.fillStyle = style.colour;
        context.fillText(text, 0, 0);
      },
    };
  }

  mark(style: LabelStyle): Drawing {
    const reach = this.reach(style);
    const size = MARK_EM[style.mark] * this.pxOf(style);
    return {
      width: reach * 2,
      height: reach * 2,
      paint: (context) => {
        context.translate(reach, reach);
        context.lineJoin = 'round';
        shapeOf(context, style.mark, size);
        context.lineWidth = this.halo * 1.2;
        context.strokeStyle = this.dark();
        context.stroke();
        context.fillStyle = style.colour;
        context.strokeStyle = style.colour;
        context.lineWidth = Math.max(1, size * 0.28);
        if (style.mark === 'ring' || style.mark === 'cross') context.stroke();
        else context.fill();
      },
    };
  }

  private extra(style: LabelStyle, px: number): number {
    return this.halo * 2 + (style.slanted ? px * SLANT : 0) + (style.plate ? px * 0.6 : 0);
  }

  private measure(style: LabelStyle, text: string): number {
    // Setting a font is dearer than measuring with it.
    if (this.prepared !== style) {
      this.prepare(this.context, style);
      this.prepared = style;
      this.widths.clear();
    }
    if (!ONLY_HAN.test(text)) return this.context.measureText(text).width;
    let width = 0;
    for (let at = 0; at < text.length; at++) width += this.widthOf(text, at);
    return width;
  }

  /** Width of one Chinese character with its spacing. */
  private widthOf(text: string, at: number): number {
    const code = text.charCodeAt(at);
    const known = this.widths.get(code);
    if (known !== undefined) return known;
    const { width } = this.context.measureText(text.charAt(at));
    this.widths.set(code, width);
    return width;
  }

  private prepare(context: CanvasRenderingContext2D, style: LabelStyle): void {
    const px = this.pxOf(style);
    context.font = fontOf(style, px);
    context.letterSpacing = `${style.spacingEm * px}px`;
    context.textBaseline = 'middle';
  }

  private plate(
    context: CanvasRenderingContext2D,
    { width, height, colour }: { width: number; height: number; colour: string },
  ): void {
    const inset = this.halo;
    context.beginPath();
    context.roundRect(inset, inset, width - inset * 2, height - inset * 2, 3);
    context.fillStyle = this.dark();
    context.fill();
    context.strokeStyle = colour;
    context.lineWidth = Math.max(1, this.halo * 0.3);
    context.stroke();
  }

  private dark(): string {
    return `rgb(${this.theme.halo.map((part) => Math.round(part * 255)).join(' ')})`;
  }
}

function shapeOf(context: CanvasRenderingContext2D, mark: Mark, size: number): void {
  context.beginPath();
  switch (mark) {
    case 'peak':
      context.moveTo(0, -size);
      context.lineTo(size, size * 0.8);
      context.lineTo(-size, size * 0.8);
      context.closePath();
      return;
    case 'house':
      context.moveTo(0, -size);
      context.lineTo(size, -size * 0.1);
      context.lineTo(size * 0.7, size * 0.85);
      context.lineTo(-size * 0.7, size * 0.85);
      context.lineTo(-size, -size * 0.1);
      context.closePath();
      return;
    case 'cross':
      context.moveTo(-size, 0);
      context.lineTo(size, 0);
      context.moveTo(0, -size);
      context.lineTo(0, size);
      return;
    case 'none':
    case 'dot':
    case 'ring':
    case 'spot':
      context.arc(0, 0, size, 0, Math.PI * 2);
  }
}
