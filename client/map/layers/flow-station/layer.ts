import { title } from '../../../../contracts/declare.ts';
import { flowStation } from '../../../../contracts/layers/flow-station.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: flowStation,
  order: 22,
  shownAtStart: true,
  legend: [
    {
      title: title('交通量观测站', 'Traffic count station'),
      sign: { kind: 'glyph', form: 'counter', tint: 'grey' },
    },
  ],
  glyphs,
  create: (kit) =>
    kit.glyphs(flowStation, { farPx: 9, nearPx: 16, dotsAboveM: Infinity, hiddenAboveM: 130_000 }),
});
