import { busPosition } from '../../../../contracts/layers/bus-position.ts';
import { defineGlyphs } from '../../glyphs/rule.ts';

export const glyphs = defineGlyphs({
  layer: busPosition,
  paint(table, slot, glyph) {
    glyph.tint = 'grey';
    if ((table.column('speedKmh').get(slot) || 0) >= 3) {
      glyph.form = 'bus';
      glyph.heading = table.column('headingDeg').get(slot) || 0;
    }
    glyph.scale = glyph.form === 'dot' ? 0.7 : 1;
  },
});
