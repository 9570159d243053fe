import { flowStation } from '../../../../contracts/layers/flow-station.ts';
import { defineGlyphs } from '../../glyphs/rule.ts';

export const glyphs = defineGlyphs({
  layer: flowStation,
  paint(table, slot, glyph) {
    glyph.form = 'counter';
    glyph.tint = table.column('status').get(slot) === 'normal' ? 'grey' : 'dim';
  },
});
