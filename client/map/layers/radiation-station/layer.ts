import { title } from '../../../../contracts/declare.ts';
import { radiationStation } from '../../../../contracts/layers/radiation-station.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: radiationStation,
  order: 25,
  shownAtStart: false,
  legend: [
    { title: title('辐射站', 'Radiation station'), sign: { kind: 'glyph', form: 'radiation', tint: 'dim' } },
  ],
  glyphs,
  create: (kit) =>
    kit.glyphs(radiationStation, { farPx: 9, nearPx: 15, dotsAboveM: Infinity, hiddenAboveM: 130_000 }),
});
