import { title } from '../../../../contracts/declare.ts';
import { emergencyCall } from '../../../../contracts/layers/emergency-call.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: emergencyCall,
  order: 61,
  shownAtStart: true,
  legend: [
    { title: title('110 警情', 'Police call'), sign: { kind: 'glyph', form: 'police', tint: 'white' } },
    { title: title('119 警情', 'Fire call'), sign: { kind: 'glyph', form: 'fire', tint: 'white' } },
    { title: title('120 警情', 'Medical call'), sign: { kind: 'glyph', form: 'medical', tint: 'white' } },
  ],
  glyphs,
  create: (kit) =>
    kit.glyphs(emergencyCall, { farPx: 9, nearPx: 18, dotsAboveM: Infinity, hiddenAboveM: 200_000 }),
});
