import { earthquake } from '../../../../contracts/layers/earthquake.ts';
import { defineGlyphs } from '../../glyphs/rule.ts';

export const glyphs = defineGlyphs({
  layer: earthquake,
  paint(table, slot, glyph) {
    glyph.form = 'quake';
    glyph.scale = Math.min(3, 0.7 + Math.max(0, table.column('magnitude').get(slot) || 0) / 3);
  },
});
