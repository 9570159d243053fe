import { opinionPost } from '../../../../contracts/layers/opinion-post.ts';
import { defineGlyphs } from '../../glyphs/rule.ts';

export const glyphs = defineGlyphs({
  layer: opinionPost,
  paint(_table, _slot, glyph) {
    glyph.form = 'post';
    glyph.tint = 'dim';
  },
});
