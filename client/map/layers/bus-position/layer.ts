import { title } from '../../../../contracts/declare.ts';
import { busPosition } from '../../../../contracts/layers/bus-position.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: busPosition,
  order: 40,
  shownAtStart: true,
  legend: [{ title: title('公交车', 'Bus'), sign: { kind: 'glyph', form: 'bus', tint: 'grey' } }],
  glyphs,
  create: (kit) =>
    kit.glyphs(busPosition, { farPx: 2.4, nearPx: 13, dotsAboveM: 45000, hiddenAboveM: Infinity }),
});
