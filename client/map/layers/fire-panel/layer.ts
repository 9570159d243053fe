import { title } from '../../../../contracts/declare.ts';
import { firePanel } from '../../../../contracts/layers/fire-panel.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: firePanel,
  order: 23,
  shownAtStart: true,
  legend: [{ title: title('消防设施', 'Fire panel'), sign: { kind: 'glyph', form: 'panel', tint: 'dim' } }],
  glyphs,
  create: (kit) =>
    kit.glyphs(firePanel, { farPx: 6, nearPx: 14, dotsAboveM: Infinity, hiddenAboveM: 60_000 }),
});
