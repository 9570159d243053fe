import { slopeMonitor } from '../../../../contracts/layers/slope-monitor.ts';
import { defineGlyphs } from '../../glyphs/rule.ts';

/** A slope that moves this fast is looked at, mm/h. */
const FAST_MM_H = 5;

export const glyphs = defineGlyphs({
  layer: slopeMonitor,
  paint(table, slot, glyph) {
    glyph.form = 'slope';
    glyph.tint = table.column('online').get(slot) === 'no' ? 'dim' : 'grey';
    glyph.ringed = Math.abs(table.column('rateMmH').get(slot)) >= FAST_MM_H;
  },
});
