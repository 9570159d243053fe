import { title } from '../../../contracts/declare.ts';
import { order } from '../../../contracts/layers/order.ts';
import { defineLook, heights } from '../look.ts';

/** What units were ordered to do, at its place; who has not acknowledged in time stands in a ring. */
export const look = defineLook({
  layer: order,
  order: 68,
  shownAtStart: true,
  form: 'command',
  kinds: [
    {
      word: title('指令 逾时未签收', 'Orders not acknowledged in time'),
      when: [
        { column: 'late', is: ['yes'] },
        { column: 'state', is: ['issued', 'delivered'] },
      ],
      tint: 'white',
      ringed: true,
    },
    {
      word: title('指令 超时未完成', 'Orders overdue'),
      when: [{ column: 'overdue', is: ['yes'] }],
      tint: 'white',
      ringed: true,
    },
    {
      word: title('指令 待签收', 'Orders not acknowledged yet'),
      when: [{ column: 'state', is: ['issued', 'delivered'] }],
      tint: 'white',
    },
    { word: title('指令 执行中', 'Orders under way'), when: [], tint: 'grey' },
  ],
  size: { farPx: 9, nearPx: 18 },
  zoom: [
    { belowM: heights.county, as: 'glyphs' },
    { belowM: Infinity, as: 'hidden' },
  ],
  facts: ['state', 'unit', 'dueAt', 'no', 'from'],
});
