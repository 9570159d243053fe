import { title } from '../../../../contracts/declare.ts';
import { outfall } from '../../../../contracts/layers/outfall.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: outfall,
  order: 28,
  shownAtStart: true,
  legend: [{ title: title('排污口', 'Outfall'), sign: { kind: 'glyph', form: 'outfall', tint: 'grey' } }],
  glyphs,
  create: (kit) => kit.glyphs(outfall, { farPx: 8, nearPx: 15, dotsAboveM: Infinity, hiddenAboveM: 90_000 }),
});
