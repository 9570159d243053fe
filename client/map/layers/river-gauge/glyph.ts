import { riverGauge } from '../../../../contracts/layers/river-gauge.ts';
import { defineGlyphs, paintSeverity } from '../../glyphs/rule.ts';

export const glyphs = defineGlyphs({
  layer: riverGauge,
  paint(table, slot, glyph) {
    glyph.form = 'gauge';
    const level = table.column('levelM').get(slot);
    if (level > table.column('guaranteeM').get(slot)) paintSeverity(glyph, 'red');
    else if (level > table.column('warningM').get(slot)) paintSeverity(glyph, 'orange');
    glyph.ringed = glyph.form !== 'gauge';
  },
});
