import { title } from '../../../../contracts/declare.ts';
import { riverGauge } from '../../../../contracts/layers/river-gauge.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: riverGauge,
  order: 50,
  shownAtStart: true,
  legend: [
    { title: title('水文站', 'River gauge'), sign: { kind: 'glyph', form: 'gauge', tint: 'white' } },
    {
      title: title('超警戒', 'Above warning level'),
      sign: { kind: 'glyph', form: 'triangle', tint: 'orange' },
    },
    {
      title: title('超保证', 'Above guarantee level'),
      sign: { kind: 'glyph', form: 'diamond', tint: 'red' },
    },
  ],
  glyphs,
  create: (kit) =>
    kit.glyphs(riverGauge, { farPx: 13, nearPx: 20, dotsAboveM: Infinity, hiddenAboveM: Infinity }),
});
