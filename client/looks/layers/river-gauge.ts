import { title } from '../../../contracts/declare.ts';
import { riverGauge } from '../../../contracts/layers/river-gauge.ts';
import { defineLook, heights, severeWater } from '../look.ts';

export const look = defineLook({
  layer: riverGauge,
  order: 50,
  shownAtStart: true,
  form: 'gauge',
  fill: { forms: 'gauge', column: 'levelM', limit: 'warningM', span: 5 },
  kinds: [
    {
      word: title('超保证水位', 'Above guarantee level'),
      when: [{ column: 'levelM', over: 'guaranteeM' }],
      ...severeWater('orange'),
    },
    {
      word: title('超警戒水位', 'Above warning level'),
      when: [{ column: 'levelM', over: 'warningM' }],
      ...severeWater('yellow'),
    },
    {
      word: title('近警戒（0.5 m 内）', 'Within 0.5 m of warning'),
      when: [{ column: 'levelM', over: 'warningM', by: -0.5 }],
      ...severeWater('blue'),
    },
    {
      word: title('水文站（填满即警戒）', 'River gauge, full at warning'),
      when: [{ column: 'levelM' }],
      tint: 'grey',
    },
    { word: title('无读数', 'No reading'), when: [], tint: 'dim' },
  ],
  size: { farPx: 15, nearPx: 28 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  values: [
    {
      zh: '{name} 超保证 {levelM-guaranteeM}',
      en: '{name} {levelM-guaranteeM} over guarantee',
      belowM: Infinity,
      rank: 10,
      kinds: [0],
    },
    {
      zh: '{name} 超警戒 {levelM-warningM}',
      en: '{name} {levelM-warningM} over warning',
      belowM: Infinity,
      rank: 11,
      kinds: [1],
    },
    {
      zh: '{levelM} 距警戒 {warningM-levelM}',
      en: '{levelM}, {warningM-levelM} to warning',
      belowM: heights.county,
      rank: 28,
      kinds: [2],
    },
    {
      zh: '{levelM} 距警戒 {warningM-levelM}',
      en: '{levelM}, {warningM-levelM} to warning',
      belowM: 90_000,
      rank: 32,
      kinds: [3],
    },
  ],
  facts: ['levelM', 'warningM', 'guaranteeM', 'flowM3S', 'trend'],
  spark: 'levelM',
});
