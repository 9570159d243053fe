import { radiationStation } from '../../../../contracts/layers/radiation-station.ts';
import { defineGlyphs } from '../../glyphs/rule.ts';

export const glyphs = defineGlyphs({
  layer: radiationStation,
  paint(_table, _slot, glyph) {
    glyph.form = 'radiation';
    glyph.tint = 'dim';
  },
});
