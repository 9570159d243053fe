// Draws a form on a 2D canvas. The map's atlas, the legend, lists and cards use the same drawings.
import type { Form } from '../../looks/sign.ts';
import { formDrawings } from './drawings.ts';

export interface Pens {
  /** The part that takes the tint. */
  readonly tint: string;
  /** Cut-outs on filled parts. */
  readonly gap: string;
}

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Draws `form` into a square of `size` px centred at (x, y), inside a margin of a sixth of it. */
export function drawForm(
  context: Context,
  form: Form,
  { x, y, size, pens }: { x: number; y: number; size: number; pens: Pens },
): void {
  context.save();
  context.translate(x, y);
  context.scale(size / 3, size / 3);
  context.lineJoin = 'round';
  context.lineCap = 'round';
  for (const mark of formDrawings[form]) {
    context.fillStyle = 'gap' in mark || 'character' in mark ? pens.gap : pens.tint;
    if ('fill' in mark) context.fill(new Path2D(mark.fill));
    else if ('gap' in mark) context.fill(new Path2D(mark.gap));
    else if ('line' in mark) {
      context.strokeStyle = pens.tint;
      context.lineWidth = mark.width;
      context.stroke(new Path2D(mark.line));
    } else {
      context.font = '650 1.3px "Noto Sans SC Variable"';
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.fillText(mark.character, 0, 0.06);
    }
  }
  context.restore();
}

/** Fonts of the characters in the drawings; wait for it before the first drawing. */
export async function loadGlyphFonts(): Promise<void> {
  await document.fonts.load('650 16px "Noto Sans SC Variable"', '警消医');
}
