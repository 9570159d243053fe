import { title } from '../../../../contracts/declare.ts';
import { weatherStation } from '../../../../contracts/layers/weather-station.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: weatherStation,
  order: 26,
  shownAtStart: true,
  legend: [
    { title: title('气象站', 'Weather station'), sign: { kind: 'glyph', form: 'weather', tint: 'dim' } },
  ],
  glyphs,
  create: (kit) =>
    kit.glyphs(weatherStation, { farPx: 9, nearPx: 16, dotsAboveM: Infinity, hiddenAboveM: 130_000 }),
});
