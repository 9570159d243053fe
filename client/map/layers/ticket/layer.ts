import { title } from '../../../../contracts/declare.ts';
import { ticket } from '../../../../contracts/layers/ticket.ts';
import { defineMapLayer } from '../../layer.ts';
import { glyphs } from './glyph.ts';

export const mapLayer = defineMapLayer({
  layer: ticket,
  order: 17,
  shownAtStart: true,
  legend: [{ title: title('工单', 'Ticket'), sign: { kind: 'glyph', form: 'ticket', tint: 'grey' } }],
  glyphs,
  create: (kit) => kit.glyphs(ticket, { farPx: 5, nearPx: 14, dotsAboveM: Infinity, hiddenAboveM: 60_000 }),
});
