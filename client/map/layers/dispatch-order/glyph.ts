import { dispatchOrder } from '../../../../contracts/layers/dispatch-order.ts';
import { defineGlyphs } from '../../glyphs/rule.ts';

export const glyphs = defineGlyphs({
  layer: dispatchOrder,
  paint(table, slot, glyph) {
    glyph.form = 'order';
    const status = table.column('status').get(slot);
    glyph.tint = status === 'done' || status === 'cancelled' ? 'dim' : 'white';
  },
});
