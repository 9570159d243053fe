import { title } from '../../../contracts/declare.ts';
import { waterSection } from '../../../contracts/layers/water-section.ts';
import { defineLook, severe } from '../look.ts';

export const look = defineLook({
  layer: waterSection,
  order: 31,
  shownAtStart: true,
  form: 'section',
  kinds: [
    {
      word: title('劣于目标 劣Ⅴ（红）', 'Worse than V, off target (red)'),
      when: [
        { column: 'grade', is: ['worse'] },
        { column: 'grade', worseThan: 'target' },
      ],
      ...severe('red'),
    },
    {
      word: title('劣于目标 Ⅴ 类（橙）', 'Class V, off target (orange)'),
      when: [
        { column: 'grade', is: ['V'] },
        { column: 'grade', worseThan: 'target' },
      ],
      ...severe('orange'),
    },
    {
      word: title('劣于目标 Ⅳ 类（黄）', 'Class IV, off target (yellow)'),
      when: [
        { column: 'grade', is: ['IV'] },
        { column: 'grade', worseThan: 'target' },
      ],
      ...severe('yellow'),
    },
    {
      word: title('劣于目标（蓝）', 'Off target (blue)'),
      when: [{ column: 'grade', worseThan: 'target' }],
      ...severe('blue'),
    },
    {
      word: title('水质断面达标', 'Water section on target'),
      when: [{ column: 'grade', is: ['I', 'II', 'III', 'IV', 'V', 'worse'] }],
      tint: 'grey',
    },
    { word: title('无评价', 'Not judged'), when: [], tint: 'dim' },
  ],
  size: { farPx: 14, nearPx: 18 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  values: [{ zh: '{grade} 类', en: 'class {grade}', belowM: 90_000, rank: 41, kinds: [0, 1, 2, 3, 4] }],
  facts: ['grade', 'target', 'ammoniaMgL', 'phosphorusMgL', 'oxygenMgL'],
  spark: 'ammoniaMgL',
});
