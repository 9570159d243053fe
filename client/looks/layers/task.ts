import { title } from '../../../contracts/declare.ts';
import { task } from '../../../contracts/layers/task.ts';
import { defineLook, heights } from '../look.ts';

/** Where units are asked to do something; those that wait for somebody are the brighter. */
export const look = defineLook({
  layer: task,
  order: 67,
  shownAtStart: true,
  form: 'task',
  kinds: [
    {
      word: title('任务 超时', 'Tasks overdue'),
      when: [{ column: 'overdue', is: ['yes'] }],
      tint: 'white',
      ringed: true,
    },
    {
      word: title('任务 待签收', 'Tasks not received yet'),
      when: [{ column: 'state', is: ['given', 'returned'] }],
      tint: 'white',
    },
    {
      word: title('任务 待验收', 'Tasks to be judged'),
      when: [{ column: 'state', is: ['reported'] }],
      tint: 'data',
    },
    { word: title('任务 处置中', 'Tasks under way'), when: [], tint: 'grey' },
  ],
  size: { farPx: 8, nearPx: 16 },
  zoom: [
    { belowM: heights.town, as: 'glyphs' },
    { belowM: Infinity, as: 'hidden' },
  ],
  facts: ['state', 'unit', 'dueAt', 'incident'],
});
