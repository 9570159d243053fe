import { title } from '../../../../contracts/declare.ts';
import { airStation } from '../../../../contracts/layers/air-station.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: airStation,
  order: 30,
  shownAtStart: true,
  legend: [{ title: title('空气站', 'Air station'), sign: { kind: 'glyph', form: 'air', tint: 'grey' } }],
  glyphs,
  create: (kit) =>
    kit.glyphs(airStation, { farPx: 10, nearPx: 18, dotsAboveM: Infinity, hiddenAboveM: 150_000 }),
});
