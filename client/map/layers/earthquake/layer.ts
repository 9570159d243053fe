import { title } from '../../../../contracts/declare.ts';
import { earthquake } from '../../../../contracts/layers/earthquake.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: earthquake,
  order: 59,
  shownAtStart: true,
  legend: [{ title: title('地震', 'Earthquake'), sign: { kind: 'glyph', form: 'quake', tint: 'white' } }],
  glyphs,
  create: (kit) =>
    kit.glyphs(earthquake, { farPx: 14, nearPx: 20, dotsAboveM: Infinity, hiddenAboveM: Infinity }),
});
