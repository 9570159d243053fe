import { title } from '../../../contracts/declare.ts';
import { warning } from '../../../contracts/layers/warning.ts';
import { defineLook, severe } from '../look.ts';

export const look = defineLook({
  layer: warning,
  order: 5,
  shownAtStart: true,
  form: 'hazard',
  kinds: [
    {
      word: title('演练、测试', 'Exercise or test'),
      when: [{ column: 'status', is: ['exercise', 'system', 'test', 'draft'] }],
      tint: 'dim',
    },
    { word: title('红色预警', 'Red warning'), when: [{ column: 'severity', is: ['red'] }], ...severe('red') },
    {
      word: title('橙色预警', 'Orange warning'),
      when: [{ column: 'severity', is: ['orange'] }],
      ...severe('orange'),
    },
    {
      word: title('黄色预警', 'Yellow warning'),
      when: [{ column: 'severity', is: ['yellow'] }],
      ...severe('yellow'),
    },
    {
      word: title('蓝色预警', 'Blue warning'),
      when: [{ column: 'severity', is: ['blue'] }],
      ...severe('blue'),
    },
    { word: title('未定级预警', 'Warning without level'), when: [], tint: 'white', ringed: true },
  ],
  size: { farPx: 15, nearPx: 22 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  facts: ['event', 'sender', 'sentAt', 'expiresAt', 'areaNames'],
  drawnAs: 'hatch',
});
