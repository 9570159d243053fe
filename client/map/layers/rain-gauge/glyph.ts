import { rainGauge } from '../../../../contracts/layers/rain-gauge.ts';
import { defineGlyphs } from '../../glyphs/rule.ts';

export const glyphs = defineGlyphs({
  layer: rainGauge,
  paint(table, slot, glyph) {
    glyph.form = 'drop';
    const rain = table.column('rain1hMm').get(slot);
    glyph.tint = rain >= 1 ? 'data' : 'dim';
    glyph.scale = 0.8 + Math.min(Math.sqrt(rain > 0 ? rain : 0) / 8, 1);
  },
});
