import { title } from '../../../contracts/declare.ts';
import { reservoir } from '../../../contracts/layers/reservoir.ts';
import { defineLook, severeWater } from '../look.ts';

export const look = defineLook({
  layer: reservoir,
  order: 51,
  shownAtStart: true,
  form: 'dam',
  fill: { forms: 'dam', column: 'levelM', limit: 'floodLimitM', span: 10 },
  kinds: [
    {
      word: title('超汛限 1 m 以上', 'Over 1 m above the flood limit'),
      when: [{ column: 'levelM', over: 'floodLimitM', by: 1 }],
      ...severeWater('orange'),
    },
    {
      word: title('超汛限 0.5–1 m', '0.5–1 m above the flood limit'),
      when: [{ column: 'levelM', over: 'floodLimitM', by: 0.5 }],
      ...severeWater('yellow'),
    },
    {
      word: title('超汛限', 'Above the flood limit'),
      when: [{ column: 'levelM', over: 'floodLimitM' }],
      ...severeWater('blue'),
    },
    { word: title('水库（填满即汛限）', 'Reservoir, full at the flood limit'), when: [], tint: 'grey' },
  ],
  size: { farPx: 15, nearPx: 26 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  values: [
    {
      zh: '超汛限 {levelM-floodLimitM}',
      en: '{levelM-floodLimitM} over flood limit',
      belowM: Infinity,
      rank: 12,
      kinds: [0, 1, 2],
    },
    {
      zh: '{name} 距汛限 {floodLimitM-levelM}',
      en: '{name} {floodLimitM-levelM} to flood limit',
      belowM: 90_000,
      rank: 30,
      kinds: [3],
    },
  ],
  facts: ['levelM', 'floodLimitM', 'inflowM3S', 'outflowM3S', 'storage1e6M3'],
  spark: 'levelM',
});
