import { noiseStation } from '../../../../contracts/layers/noise-station.ts';
import { defineGlyphs } from '../../glyphs/rule.ts';

export const glyphs = defineGlyphs({
  layer: noiseStation,
  paint(_table, _slot, glyph) {
    glyph.form = 'noise';
    glyph.tint = 'dim';
  },
});
