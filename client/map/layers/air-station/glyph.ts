import { airStation } from '../../../../contracts/layers/air-station.ts';
import { defineGlyphs } from '../../glyphs/rule.ts';

export const glyphs = defineGlyphs({
  layer: airStation,
  paint(table, slot, glyph) {
    glyph.form = 'air';
    glyph.tint = table.column('flag').get(slot) === 'N' ? 'grey' : 'dim';
  },
});
