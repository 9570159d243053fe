// The glyph of a row by its look: form by kind, tint by the first class that fits, fill, heading, size.
import type { LayerTable } from '../../../contracts/table.ts';
import type { Choice } from '../../looks/choice.ts';
import type { Look } from '../../looks/look.ts';
import { bindAll, bindKinds, numbersOf } from '../../looks/match.ts';
import { fillForms, type Form } from '../../looks/sign.ts';
import type { Glyph, GlyphRule } from './rule.ts';

type Paint = (slot: number, glyph: Glyph) => void;

/** Rebinds itself when another table comes: one table lives as long as the link. */
export function painterOf(look: Look, { kinds, filter }: Choice): GlyphRule {
  let bound: LayerTable | null = null;
  let paint: Paint = () => undefined;
  return {
    layer: look.layer,
    paint(table, slot, glyph) {
      if (bound !== table) {
        bound = table;
        paint = bindPaint(table, look, { kinds, filter });
      }
      paint(slot, glyph);
    },
  };
}

function bindPaint(table: LayerTable, look: Look, { kinds, filter }: Choice): Paint {
  const classes = kinds ?? look.kinds;
  const kindOf = bindKinds(table, classes);
  const passes = bindAll(table, filter);
  const formOf = bindForm(table, look);
  const headingOf = bindHeading(table, look);
  const growth = bindGrowth(table, look);
  return (slot, glyph) => {
    glyph.hidden = !passes(slot);
    const kind = classes[kindOf(slot)];
    glyph.form = kind?.form ?? formOf(slot);
    glyph.tint = kind?.tint ?? 'dim';
    glyph.ringed = kind?.ringed ?? false;
    glyph.scale = (kind?.scale ?? 1) * growth(slot);
    if (!kind?.form) headingOf(slot, glyph);
  };
}

function bindForm(table: LayerTable, { form, forms, fill }: Look): (slot: number) => Form {
  if (fill) {
    const values = numbersOf(table, fill.column);
    const limits = numbersOf(table, fill.limit);
    const steps = fillForms[fill.forms];
    return (slot) => {
      const share = 1 - (limits.get(slot) - values.get(slot)) / fill.span;
      if (Number.isNaN(share)) return steps[0];
      // Full is only said at the limit itself.
      const step = Math.floor(Math.min(Math.max(share, 0), 1) * (steps.length - 1) + 1e-9);
      return steps[step] ?? form;
    };
  }
  if (!forms) return () => form;
  const codes = table.column(forms.column) as unknown as { get(slot: number): string | null };
  return (slot) => forms.codes[codes.get(slot) ?? ''] ?? form;
}

const STILL_SCALE = 0.7;

function bindHeading(table: LayerTable, { heading }: Look): (slot: number, glyph: Glyph) => void {
  if (!heading) return () => undefined;
  const headings = numbersOf(table, heading.column);
  const speeds = numbersOf(table, 'speedKmh');
  return (slot, glyph) => {
    if ((speeds.get(slot) || 0) >= heading.fromKmh) glyph.heading = headings.get(slot) || 0;
    else if (heading.still) {
      glyph.form = heading.still;
      glyph.scale *= STILL_SCALE;
    }
  };
}

/** How much larger than the others of its layer a row is drawn. */
export function bindGrowth(table: LayerTable, { grows }: Look): (slot: number) => number {
  if (!grows) return () => 1;
  const values = numbersOf(table, grows.column);
  return (slot) => {
    const value = values.get(slot);
    return value > 0 ? Math.min(grows.most, Math.sqrt(1 + value / grows.per)) : 1;
  };
}
