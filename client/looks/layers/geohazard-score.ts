import { title } from '../../../contracts/declare.ts';
import { geohazardScore } from '../../../contracts/layers/geohazard-score.ts';
import { defineLook, heights, severe } from '../look.ts';

/** Levels of towns by rain; what is below blue is only seen close up. */
export const look = defineLook({
  layer: geohazardScore,
  order: 45,
  shownAtStart: true,
  form: 'slope',
  kinds: [
    {
      word: title('红：立即转移', 'Red: move people'),
      when: [{ column: 'level', is: ['red'] }],
      ...severe('red'),
    },
    {
      word: title('橙：准备转移', 'Orange: prepare to move'),
      when: [{ column: 'level', is: ['orange'] }],
      ...severe('orange'),
    },
    {
      word: title('黄：加密巡查', 'Yellow: patrol more'),
      when: [{ column: 'level', is: ['yellow'] }],
      ...severe('yellow'),
    },
    { word: title('蓝：巡查', 'Blue: patrol'), when: [{ column: 'level', is: ['blue'] }], ...severe('blue') },
    { word: title('未达蓝色', 'Below blue'), when: [], tint: 'dim' },
  ],
  size: { farPx: 13, nearPx: 20 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  values: [
    { zh: '{name} {score}', en: '{name} {score}', belowM: heights.county, rank: 12, kinds: [0, 1, 2, 3] },
  ],
  facts: [
    'score',
    'ratio',
    'effectiveMm',
    'rain3hMm',
    'patrolPoints',
    'preparePeople',
    'movePeople',
    'people',
    'gauge',
    'worst',
  ],
  spark: 'score',
});
