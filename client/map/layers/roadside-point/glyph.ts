import { roadsidePoint } from '../../../../contracts/layers/roadside-point.ts';
import { defineGlyphs, type Form } from '../../glyphs/rule.ts';

const roadsideForms: Readonly<Record<'camera' | 'radar' | 'vms' | 'weather' | 'tunnel', Form>> = {
  camera: 'camera',
  radar: 'radar',
  vms: 'sign',
  weather: 'weather',
  tunnel: 'tunnel',
};

export const glyphs = defineGlyphs({
  layer: roadsidePoint,
  paint(table, slot, glyph) {
    const kind = table.column('kind').get(slot);
    glyph.form = kind === null ? 'camera' : roadsideForms[kind];
    glyph.tint = table.column('online').get(slot) === 'no' ? 'dim' : 'grey';
    glyph.scale = 0.85;
  },
});
