import { title } from '../../../../contracts/declare.ts';
import { reservoir } from '../../../../contracts/layers/reservoir.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: reservoir,
  order: 51,
  shownAtStart: true,
  legend: [
    { title: title('水库', 'Reservoir'), sign: { kind: 'glyph', form: 'dam', tint: 'white' } },
    { title: title('超汛限', 'Above flood limit'), sign: { kind: 'glyph', form: 'square', tint: 'yellow' } },
  ],
  glyphs,
  create: (kit) =>
    kit.glyphs(reservoir, { farPx: 14, nearPx: 22, dotsAboveM: Infinity, hiddenAboveM: Infinity }),
});
