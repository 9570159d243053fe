import { reservoir } from '../../../../contracts/layers/reservoir.ts';
import { defineGlyphs, paintSeverity } from '../../glyphs/rule.ts';

export const glyphs = defineGlyphs({
  layer: reservoir,
  paint(table, slot, glyph) {
    glyph.form = 'dam';
    const over = table.column('levelM').get(slot) > table.column('floodLimitM').get(slot);
    if (over) paintSeverity(glyph, 'yellow');
    glyph.ringed = over;
  },
});
