import { title } from '../../../../contracts/declare.ts';
import { waterSection } from '../../../../contracts/layers/water-section.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: waterSection,
  order: 31,
  shownAtStart: true,
  legend: [
    { title: title('水质断面', 'Water section'), sign: { kind: 'glyph', form: 'section', tint: 'grey' } },
  ],
  glyphs,
  create: (kit) =>
    kit.glyphs(waterSection, { farPx: 10, nearPx: 17, dotsAboveM: Infinity, hiddenAboveM: 150_000 }),
});
