import { firePanel } from '../../../../contracts/layers/fire-panel.ts';
import { defineGlyphs } from '../../glyphs/rule.ts';

export const glyphs = defineGlyphs({
  layer: firePanel,
  paint(table, slot, glyph) {
    glyph.form = 'panel';
    const state = table.column('state').get(slot);
    glyph.tint = state === 'normal' ? 'dim' : 'white';
    glyph.ringed = state === 'alarm';
  },
});
