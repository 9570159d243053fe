import { title } from '../../../contracts/declare.ts';
import { dispatchOrder } from '../../../contracts/layers/dispatch-order.ts';
import { defineLook, heights } from '../look.ts';

export const look = defineLook({
  layer: dispatchOrder,
  order: 52,
  shownAtStart: true,
  form: 'order',
  kinds: [
    {
      word: title('已完成或撤销', 'Done or cancelled'),
      when: [{ column: 'status', is: ['done', 'cancelled'] }],
      tint: 'dim',
      over: true,
    },
    { word: title('执行中', 'Executing'), when: [{ column: 'status', is: ['executing'] }], tint: 'white' },
    { word: title('待执行', 'Waiting'), when: [], tint: 'white' },
  ],
  size: { farPx: 10, nearPx: 16 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  values: [
    { zh: '令 {outflowM3S}', en: 'order {outflowM3S}', belowM: heights.town, rank: 35, kinds: [1, 2] },
  ],
  facts: ['outflowM3S', 'status', 'toAt', 'sender'],
});
