import { title } from '../../../../contracts/declare.ts';
import { opinionPost } from '../../../../contracts/layers/opinion-post.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: opinionPost,
  order: 18,
  shownAtStart: true,
  legend: [{ title: title('舆情', 'Public post'), sign: { kind: 'glyph', form: 'post', tint: 'dim' } }],
  glyphs,
  create: (kit) =>
    kit.glyphs(opinionPost, { farPx: 6, nearPx: 14, dotsAboveM: Infinity, hiddenAboveM: 60_000 }),
});
