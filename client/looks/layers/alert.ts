import { title } from '../../../contracts/declare.ts';
import { alert } from '../../../contracts/layers/alert.ts';
import { defineLook, severe } from '../look.ts';

export const look = defineLook({
  layer: alert,
  order: 4,
  shownAtStart: true,
  form: 'hazard',
  kinds: [
    { word: title('已搁置告警', 'Shelved alert'), when: [{ column: 'state', is: ['shelved'] }], tint: 'dim' },
    {
      word: title('已确认告警', 'Acknowledged alert'),
      when: [{ column: 'state', is: ['acknowledged'] }],
      tint: 'grey',
    },
    { word: title('红色告警', 'Red alert'), when: [{ column: 'severity', is: ['red'] }], ...severe('red') },
    {
      word: title('橙色告警', 'Orange alert'),
      when: [{ column: 'severity', is: ['orange'] }],
      ...severe('orange'),
    },
    {
      word: title('黄色告警', 'Yellow alert'),
      when: [{ column: 'severity', is: ['yellow'] }],
      ...severe('yellow'),
    },
    {
      word: title('蓝色告警', 'Blue alert'),
      when: [{ column: 'severity', is: ['blue'] }],
      ...severe('blue'),
    },
    { word: title('告警', 'Alert'), when: [], tint: 'white', ringed: true },
  ],
  size: { farPx: 12, nearPx: 20 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  facts: ['severity', 'state', 'value', 'limit', 'since', 'signals', 'marks', 'rule', 'by'],
});
