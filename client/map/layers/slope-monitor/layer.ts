import { title } from '../../../../contracts/declare.ts';
import { slopeMonitor } from '../../../../contracts/layers/slope-monitor.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: slopeMonitor,
  order: 29,
  shownAtStart: true,
  legend: [
    { title: title('地灾监测点', 'Slope monitor'), sign: { kind: 'glyph', form: 'slope', tint: 'grey' } },
  ],
  glyphs,
  create: (kit) =>
    kit.glyphs(slopeMonitor, { farPx: 7, nearPx: 14, dotsAboveM: Infinity, hiddenAboveM: 60_000 }),
});
