import { title } from '../../../../contracts/declare.ts';
import { rainGauge } from '../../../../contracts/layers/rain-gauge.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: rainGauge,
  order: 27,
  shownAtStart: true,
  legend: [
    {
      title: title('雨量站（近 1 小时有雨）', 'Rain gauge, rain in the last hour'),
      sign: { kind: 'glyph', form: 'drop', tint: 'data' },
    },
    { title: title('雨量站', 'Rain gauge'), sign: { kind: 'glyph', form: 'drop', tint: 'dim' } },
  ],
  glyphs,
  create: (kit) =>
    kit.glyphs(rainGauge, { farPx: 7, nearPx: 14, dotsAboveM: Infinity, hiddenAboveM: 130_000 }),
});
