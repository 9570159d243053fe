import { title } from '../../../contracts/declare.ts';
import { incident } from '../../../contracts/layers/incident.ts';
import { defineLook, heights, severe } from '../look.ts';

/** By grade while it is open; 超时 has a ring whatever its grade. */
export const look = defineLook({
  layer: incident,
  order: 66,
  shownAtStart: true,
  form: 'incident',
  kinds: [
    {
      word: title('事件 已办结', 'Incidents closed'),
      when: [{ column: 'stage', is: ['closed', 'archived', 'merged'] }],
      tint: 'dim',
      over: true,
      scale: 0.7,
    },
    { word: title('特别重大事件', 'Grade I'), when: [{ column: 'grade', is: ['I'] }], ...severe('red') },
    { word: title('重大事件', 'Grade II'), when: [{ column: 'grade', is: ['II'] }], ...severe('orange') },
    { word: title('较大事件', 'Grade III'), when: [{ column: 'grade', is: ['III'] }], ...severe('yellow') },
    {
      word: title('事件 超时', 'Incidents overdue'),
      when: [{ column: 'overdue', is: ['yes'] }],
      tint: 'white',
      ringed: true,
    },
    {
      word: title('事件 待派发', 'Incidents to be assigned'),
      when: [{ column: 'stage', is: ['reported', 'accepted', 'graded'] }],
      tint: 'white',
    },
    { word: title('事件 处置中', 'Incidents being handled'), when: [], tint: 'grey' },
  ],
  size: { farPx: 11, nearPx: 21 },
  zoom: [
    { belowM: heights.town, as: 'glyphs' },
    { belowM: Infinity, as: 'groups' },
  ],
  facts: ['stage', 'grade', 'owner', 'dueAt', 'kind'],
});
