import { title } from '../../../contracts/declare.ts';
import { roadEvent } from '../../../contracts/layers/road-event.ts';
import { defineLook, heights, severe } from '../look.ts';

export const look = defineLook({
  layer: roadEvent,
  order: 60,
  shownAtStart: true,
  form: 'hazard',
  forms: {
    column: 'kind',
    codes: {
      accident: 'accident',
      works: 'works',
      closure: 'closure',
      congestion: 'queue',
      hazard: 'hazard',
      weather: 'weather',
    },
  },
  kinds: [
    { word: title('已结束', 'Over'), when: [{ column: 'status', is: ['closed'] }], tint: 'dim', scale: 0.7 },
    {
      word: title('道路阻断', 'Road closed'),
      when: [{ column: 'kind', is: ['closure'] }],
      tint: 'white',
      form: 'closure',
      ringed: true,
    },
    {
      word: title('特别重大道路事件（红）', 'Road event, red'),
      when: [{ column: 'severity', is: ['red'] }],
      ...severe('red'),
    },
    {
      word: title('重大道路事件（橙）', 'Road event, orange'),
      when: [{ column: 'severity', is: ['orange'] }],
      ...severe('orange'),
    },
    {
      word: title('较大道路事件（黄）', 'Road event, yellow'),
      when: [{ column: 'severity', is: ['yellow'] }],
      ...severe('yellow'),
    },
    {
      word: title('一般道路事件（蓝）', 'Road event, blue'),
      when: [{ column: 'severity', is: ['blue'] }],
      ...severe('blue'),
    },
    { word: title('施工和其他', 'Works and others'), when: [], tint: 'grey' },
  ],
  size: { farPx: 12, nearPx: 20 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  values: [{ zh: '{title}', en: '{title}', belowM: heights.town, rank: 25, kinds: [1, 2, 3, 4] }],
  facts: ['kind', 'road', 'kMark', 'lanesClosed', 'queueM', 'startAt'],
});
