import { ticket } from '../../../../contracts/layers/ticket.ts';
import { defineGlyphs } from '../../glyphs/rule.ts';

export const glyphs = defineGlyphs({
  layer: ticket,
  paint(table, slot, glyph) {
    glyph.form = 'ticket';
    const status = table.column('status').get(slot);
    glyph.tint = status === 'closed' || status === 'answered' ? 'dim' : 'grey';
    glyph.scale = 0.9;
  },
});
