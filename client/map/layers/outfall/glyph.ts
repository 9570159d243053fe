import { outfall } from '../../../../contracts/layers/outfall.ts';
import { defineGlyphs } from '../../glyphs/rule.ts';

export const glyphs = defineGlyphs({
  layer: outfall,
  paint(table, slot, glyph) {
    glyph.form = 'outfall';
    glyph.tint = 'grey';
    glyph.ringed = table.column('exceed').get(slot) === 'yes';
  },
});
