import { warning } from '../../../../contracts/layers/warning.ts';
import { defineGlyphs, paintSeverity } from '../../glyphs/rule.ts';

export const glyphs = defineGlyphs({
  layer: warning,
  paint(table, slot, glyph) {
    const severity = table.column('severity').get(slot);
    if (severity) paintSeverity(glyph, severity);
    else glyph.form = 'hazard';
    glyph.ringed = true;
  },
});
