import { title } from '../../../../contracts/declare.ts';
import { roadsidePoint } from '../../../../contracts/layers/roadside-point.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: roadsidePoint,
  order: 20,
  shownAtStart: true,
  legend: [
    { title: title('视频', 'Camera'), sign: { kind: 'glyph', form: 'camera', tint: 'grey' } },
    { title: title('情报板', 'Message sign'), sign: { kind: 'glyph', form: 'sign', tint: 'grey' } },
  ],
  glyphs,
  create: (kit) =>
    kit.glyphs(roadsidePoint, { farPx: 5, nearPx: 15, dotsAboveM: Infinity, hiddenAboveM: 60_000 }),
});
