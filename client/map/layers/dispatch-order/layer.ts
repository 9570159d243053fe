import { title } from '../../../../contracts/declare.ts';
import { dispatchOrder } from '../../../../contracts/layers/dispatch-order.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: dispatchOrder,
  order: 52,
  shownAtStart: true,
  legend: [
    { title: title('水库调度令', 'Dispatch order'), sign: { kind: 'glyph', form: 'order', tint: 'white' } },
  ],
  glyphs,
  create: (kit) =>
    kit.glyphs(dispatchOrder, { farPx: 10, nearPx: 16, dotsAboveM: Infinity, hiddenAboveM: Infinity }),
});
