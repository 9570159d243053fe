// How a row becomes a glyph: form says the kind, tint says the state. Pure; runs in the worker for every changed row.
import type { Columns } from '../../../contracts/column.ts';
import type { Layer } from '../../../contracts/layer.ts';
import type { LayerTable } from '../../../contracts/table.ts';

/** Forms of the glyph atlas; the index is what the vertex buffer carries, so new ones go to the end. */
export const forms = [
  'dot',
  'dart',
  'bus',
  'truck',
  'hull',
  'gauge',
  'dam',
  'camera',
  'radar',
  'sign',
  'weather',
  'tunnel',
  'counter',
  'air',
  'noise',
  'radiation',
  'outfall',
  'section',
  'drop',
  'slope',
  'panel',
  'police',
  'fire',
  'medical',
  'quake',
  'post',
  'ticket',
  'order',
  'closure',
  'works',
  'accident',
  'hazard',
  'diamond',
  'triangle',
  'square',
  'circle',
  'ring',
  'coach',
  'wind',
] as const;
export type Form = (typeof forms)[number];

/** Tints of glyphs. The four of severity are used for severity only. */
export const tints = ['white', 'grey', 'dim', 'data', 'red', 'orange', 'yellow', 'blue'] as const;
export type Tint = (typeof tints)[number];

export interface Glyph {
  form: Form;
  tint: Tint;
  /** Degrees clockwise from north, or null for a form that stands upright. */
  heading: number | null;
  /** Multiplies the size of the layer, 0.25 to 4. */
  scale: number;
  /** Drawn in a white ring: something people must look at. */
  ringed: boolean;
}

export interface GlyphRule<C extends Columns = Columns> {
  readonly layer: Layer<C>;
  /** Fills `glyph` (already reset to a white dot) for a live slot. */
  paint(table: LayerTable<C>, slot: number, glyph: Glyph): void;
}

/** Keeps the column types of the layer inside `paint`; the registry holds rules of every layer. */
export function defineGlyphs<C extends Columns>(rule: GlyphRule<C>): GlyphRule {
  return rule;
}

export function resetGlyph(glyph: Glyph): void {
  glyph.form = 'dot';
  glyph.tint = 'white';
  glyph.heading = null;
  glyph.scale = 1;
  glyph.ringed = false;
}

const severityForms = { red: 'diamond', orange: 'triangle', yellow: 'square', blue: 'circle' } as const;
export type Severity = keyof typeof severityForms;

/** Shape and colour of a severity together: the one never stands without the other. */
export function paintSeverity(glyph: Glyph, severity: Severity): void {
  glyph.form = severityForms[severity];
  glyph.tint = severity;
}
