import { vehiclePosition } from '../../../../contracts/layers/vehicle-position.ts';
import { defineGlyphs } from '../../glyphs/rule.ts';

/** Bits of `alarms`: SOS, collision, roll-over. */
const SOS_OR_CRASH = 0b11_0000_0001;

export const glyphs = defineGlyphs({
  layer: vehiclePosition,
  paint(table, slot, glyph) {
    const kind = table.column('kind').get(slot);
    glyph.tint = kind === 'taxi' ? 'dim' : 'white';
    if ((table.column('speedKmh').get(slot) || 0) >= 3) {
      glyph.form =
        kind === 'coach'
          ? 'coach'
          : kind === 'truck' || kind === 'hazmat' || kind === 'muck'
            ? 'truck'
            : 'dart';
      glyph.heading = table.column('headingDeg').get(slot) || 0;
    }
    glyph.scale = glyph.form === 'dot' ? 0.7 : kind === 'taxi' ? 0.8 : 1;
    const alarms = table.column('alarms').get(slot);
    glyph.ringed = alarms > 0 && (alarms & SOS_OR_CRASH) !== 0;
  },
});
