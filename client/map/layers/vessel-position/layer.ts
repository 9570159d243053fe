import { title } from '../../../../contracts/declare.ts';
import { vesselPosition } from '../../../../contracts/layers/vessel-position.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: vesselPosition,
  order: 44,
  shownAtStart: true,
  legend: [{ title: title('船舶', 'Vessel'), sign: { kind: 'glyph', form: 'hull', tint: 'white' } }],
  glyphs,
  create: (kit) =>
    kit.glyphs(vesselPosition, { farPx: 3, nearPx: 16, dotsAboveM: 120_000, hiddenAboveM: Infinity }),
});
