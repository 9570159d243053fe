// How a row becomes a glyph: form says the kind, tint says the state. Pure; runs in the worker for every changed row.
import type { Layer } from '../../../contracts/layer.ts';
import type { LayerTable } from '../../../contracts/table.ts';
import type { Form, Tint } from '../../looks/sign.ts';

export interface Glyph {
  form: Form;
  tint: Tint;
  /** Degrees clockwise from north, or null for a form that stands upright. */
  heading: number | null;
  /** Multiplies the size of the layer, 0.25 to 4. */
  scale: number;
  /** Drawn in a white ring: something people must look at. */
  ringed: boolean;
  /** Left out by a filter. */
  hidden: boolean;
}

export interface GlyphRule {
  readonly layer: Layer;
  /** Fills `glyph` (already reset to a white dot) for a live slot. */
  paint(table: LayerTable, slot: number, glyph: Glyph): void;
}

export function resetGlyph(glyph: Glyph): void {
  glyph.form = 'dot';
  glyph.tint = 'white';
  glyph.heading = null;
  glyph.scale = 1;
  glyph.ringed = false;
  glyph.hidden = false;
}
