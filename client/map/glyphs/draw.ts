// Draws every form on a 2D canvas, in a square of side 2 around the origin, y down. The map's atlas and the legend use the
// same drawings.
import { formDrawings } from './drawings.ts';
import type { Form } from './rule.ts';

export interface Pens {
  /** The part that takes the tint. */
  readonly tint: string;
  /** The part that stays ink. */
  readonly ink: string;
  /** Cut-outs on filled parts. */
  readonly gap: string;
}

/** Draws `form` into a square of `size` px centred at (x, y), inside a margin of a sixth of it. */
export function drawForm(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  form: Form,
  { x, y, size, pens }: { x: number; y: number; size: number; pens: Pens },
): void {
  context.save();
  context.translate(x, y);
  const unit = size / 3;
  context.scale(unit, unit);
  context.lineWidth = 0.2;
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.fillStyle = pens.tint;
  context.strokeStyle = pens.tint;
  formDrawings[form](context, pens);
  context.restore();
}
