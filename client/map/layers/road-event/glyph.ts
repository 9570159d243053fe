import { roadEvent } from '../../../../contracts/layers/road-event.ts';
import { defineGlyphs, paintSeverity } from '../../glyphs/rule.ts';

export const glyphs = defineGlyphs({
  layer: roadEvent,
  paint(table, slot, glyph) {
    const severity = table.column('severity').get(slot);
    const kind = table.column('kind').get(slot);
    if (kind === 'closure') glyph.form = 'closure';
    else if (severity) paintSeverity(glyph, severity);
    else glyph.form = kind === 'works' ? 'works' : kind === 'accident' ? 'accident' : 'hazard';
    glyph.ringed = severity !== null && kind !== 'closure';
    glyph.scale = glyph.ringed ? 0.8 : 1;
  },
});
