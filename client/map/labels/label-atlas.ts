// Draws label texts once into a canvas, packed in rows; the map then only moves rectangles.
import type { Theme } from '../engine/theme.ts';
import type { Label, LabelStyle } from './label.ts';

export interface Sprite {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const SIDE = 2048;
const SLANT = Math.tan((14 * Math.PI) / 180);
const families = {
  text: '"Noto Sans SC Variable"',
  song: '"Noto Serif SC"',
  digits: '"Barlow Condensed"',
} as const;

const fontOf = (style: LabelStyle, px: number): string => `${style.weight} ${px}px ${families[style.font]}`;

/** Loads every face the labels need for exactly these characters. */
export async function loadLabelFonts(labels: readonly Label[]): Promise<void> {
  const texts = new Map<string, string>();
  for (const { style, text } of labels) {
    const font = fontOf(style, 16);
    texts.set(font, (texts.get(font) ?? '') + text);
  }
  await Promise.all([...texts].map(([font, text]) => document.fonts.load(font, text)));
}

/** @param unitPx size of one u in canvas pixels */
export function drawLabels(
  labels: readonly Label[],
  unitPx: number,
  theme: Theme,
): { canvas: HTMLCanvasElement; sprites: Map<string, Sprite> } {
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('label atlas: no 2D canvas in this browser: use a current one');
  const halo = Math.max(2, unitPx * 0.16);
  const sprites = new Map<string, Sprite>();
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  for (const label of labels) {
    const px = Math.round(label.style.sizeU * unitPx);
    prepare(context, label.style, px);
    const markWidth = label.style.mark === 'none' ? 0 : px * 0.95;
    const slant = label.style.slanted ? px * SLANT : 0;
    const width = Math.ceil(context.measureText(label.text).width + markWidth + slant + halo * 2 + 2);
    const height = Math.ceil(px * 1.3 + halo * 2);
    if (x + width > SIDE) {
      x = 0;
      y += rowHeight;
      rowHeight = 0;
    }
    if (y + height > SIDE) break;
    const sprite = { x, y, width, height };
    paint(context, label, { sprite, px, halo, theme, markWidth });
    sprites.set(label.id, sprite);
    x += width;
    rowHeight = Math.max(rowHeight, height);
  }
  return { canvas, sprites };
}

function prepare(context: CanvasRenderingContext2D, style: LabelStyle, px: number): void {
  context.font = fontOf(style, px);
  context.letterSpacing = `${style.spacingEm * px}px`;
  context.textBaseline = 'middle';
}

interface Brush {
  readonly sprite: Sprite;
  readonly px: number;
  readonly halo: number;
  readonly theme: Theme;
  readonly markWidth: number;
}

function paint(context: CanvasRenderingContext2D, label: Label, brush: Brush): void {
  const { sprite, px, halo, theme, markWidth } = brush;
  const dark = `rgb(${theme.halo.map((part) => Math.round(part * 255)).join(' ')})`;
  context.save();
  context.beginPath();
  context.rect(sprite.x, sprite.y, sprite.width, sprite.height);
  context.clip();
  context.translate(sprite.x + halo, sprite.y + sprite.height / 2);
  if (label.style.mark !== 'none') mark(context, label.style, { px, halo, dark });
  context.translate(markWidth, 0);
  // Rivers lean to the left: the head of the characters goes left of their foot.
  if (label.style.slanted) context.transform(1, 0, SLANT, 1, px * SLANT * 0.5, 0);
  context.lineJoin = 'round';
  context.lineWidth = halo * 2;
  context.strokeStyle = dark;
  context.strokeText(label.text, 0, 0);
  context.fillStyle = label.style.colour;
  context.fillText(label.text, 0, 0);
  context.restore();
}

function mark(
  context: CanvasRenderingContext2D,
  style: LabelStyle,
  at: { px: number; halo: number; dark: string },
): void {
  const size = at.px * 0.3;
  context.beginPath();
  if (style.mark === 'peak') {
    context.moveTo(size * 1.1, -size);
    context.lineTo(size * 2.2, size);
    context.lineTo(0, size);
    context.closePath();
  } else {
    context.arc(size, 0, size * 0.6, 0, Math.PI * 2);
  }
  context.lineWidth = at.halo;
  context.strokeStyle = at.dark;
  context.stroke();
  context.fillStyle = style.colour;
  context.fill();
}
