import { vesselPosition } from '../../../../contracts/layers/vessel-position.ts';
import { defineGlyphs } from '../../glyphs/rule.ts';

export const glyphs = defineGlyphs({
  layer: vesselPosition,
  paint(table, slot, glyph) {
    glyph.form = 'hull';
    glyph.heading = table.column('headingDeg').get(slot) || 0;
    glyph.scale = table.column('state').get(slot) === 'moored' ? 0.7 : 1;
    glyph.tint = table.column('state').get(slot) === 'moored' ? 'dim' : 'white';
    glyph.ringed = table.column('state').get(slot) === 'sos';
  },
});
