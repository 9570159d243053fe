import { waterSection } from '../../../../contracts/layers/water-section.ts';
import { defineGlyphs } from '../../glyphs/rule.ts';

const order = ['I', 'II', 'III', 'IV', 'V', 'worse'];

const isWorse = (grade: string | null, target: string | null): boolean =>
  grade !== null && target !== null && order.indexOf(grade) > order.indexOf(target);

export const glyphs = defineGlyphs({
  layer: waterSection,
  paint(table, slot, glyph) {
    glyph.form = 'section';
    glyph.tint = 'grey';
    glyph.ringed = isWorse(table.column('grade').get(slot), table.column('target').get(slot));
  },
});
