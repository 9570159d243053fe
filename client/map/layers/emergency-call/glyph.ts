import { emergencyCall } from '../../../../contracts/layers/emergency-call.ts';
import { defineGlyphs } from '../../glyphs/rule.ts';

export const glyphs = defineGlyphs({
  layer: emergencyCall,
  paint(table, slot, glyph) {
    const channel = table.column('channel').get(slot);
    glyph.form = channel === '119' ? 'fire' : channel === '120' ? 'medical' : 'police';
    const closed = table.column('status').get(slot) === 'closed';
    glyph.tint = closed ? 'dim' : 'white';
    glyph.scale = closed ? 0.6 : 1;
  },
});
