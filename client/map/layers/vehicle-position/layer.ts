import { title } from '../../../../contracts/declare.ts';
import { vehiclePosition } from '../../../../contracts/layers/vehicle-position.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: vehiclePosition,
  order: 41,
  shownAtStart: true,
  legend: [
    { title: title('行进车辆', 'Moving vehicle'), sign: { kind: 'glyph', form: 'dart', tint: 'white' } },
    {
      title: title('货车、危货车', 'Truck, hazardous goods'),
      sign: { kind: 'glyph', form: 'truck', tint: 'white' },
    },
    { title: title('停车', 'Standing'), sign: { kind: 'glyph', form: 'dot', tint: 'dim' } },
  ],
  glyphs,
  create: (kit) =>
    kit.glyphs(vehiclePosition, { farPx: 2.2, nearPx: 12, dotsAboveM: 45000, hiddenAboveM: Infinity }),
});
