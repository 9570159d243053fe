import { weatherStation } from '../../../../contracts/layers/weather-station.ts';
import { defineGlyphs } from '../../glyphs/rule.ts';

export const glyphs = defineGlyphs({
  layer: weatherStation,
  paint(_table, _slot, glyph) {
    glyph.form = 'weather';
    glyph.tint = 'dim';
  },
});
