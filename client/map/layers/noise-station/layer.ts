import { title } from '../../../../contracts/declare.ts';
import { noiseStation } from '../../../../contracts/layers/noise-station.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: noiseStation,
  order: 24,
  shownAtStart: false,
  legend: [{ title: title('噪声站', 'Noise station'), sign: { kind: 'glyph', form: 'noise', tint: 'dim' } }],
  glyphs,
  create: (kit) =>
    kit.glyphs(noiseStation, { farPx: 8, nearPx: 15, dotsAboveM: Infinity, hiddenAboveM: 90_000 }),
});
