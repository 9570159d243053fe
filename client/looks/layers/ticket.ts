import { title } from '../../../contracts/declare.ts';
import { ticket } from '../../../contracts/layers/ticket.ts';
import { defineLook, heights } from '../look.ts';

export const look = defineLook({
  layer: ticket,
  order: 19,
  shownAtStart: true,
  form: 'ticket',
  kinds: [
    {
      word: title('工单 已回复、办结', 'Tickets answered or closed'),
      when: [{ column: 'status', is: ['answered', 'closed'] }],
      tint: 'dim',
      over: true,
      scale: 0.8,
    },
    {
      word: title('工单 城乡建设', 'Tickets: building'),
      when: [{ column: 'categoryCode', starts: ['01'] }],
      tint: 'cat1',
    },
    {
      word: title('工单 交通运输', 'Tickets: transport'),
      when: [{ column: 'categoryCode', starts: ['02'] }],
      tint: 'cat2',
    },
    {
      word: title('工单 公用事业', 'Tickets: utilities'),
      when: [{ column: 'categoryCode', starts: ['09'] }],
      tint: 'cat3',
    },
    {
      word: title('工单 劳动社保', 'Tickets: labour'),
      when: [{ column: 'categoryCode', starts: ['03'] }],
      tint: 'cat4',
    },
    {
      word: title('工单 市场监管', 'Tickets: market'),
      when: [{ column: 'categoryCode', starts: ['04'] }],
      tint: 'cat5',
    },
    { word: title('工单 其他', 'Tickets: other'), when: [], tint: 'cat6' },
  ],
  size: { farPx: 8, nearPx: 15 },
  zoom: [
    { belowM: heights.site, as: 'glyphs' },
    { belowM: heights.county, as: 'groups' },
    { belowM: Infinity, as: 'counts' },
  ],
  mix: true,
  facts: ['category', 'status', 'unit', 'acceptAt', 'deadlineAt'],
});
