import { title } from '../../../contracts/declare.ts';
import { evacuation } from '../../../contracts/layers/evacuation.ts';
import { defineLook, heights } from '../look.ts';

/** Places people leave: those that are not empty yet are the brighter. Sums have no place and are not drawn. */
export const look = defineLook({
  layer: evacuation,
  order: 66.5,
  shownAtStart: true,
  form: 'coach',
  kinds: [
    {
      word: title('转移 有人拒绝', 'Evacuation, some refuse'),
      when: [{ column: 'refused', from: 1 }],
      tint: 'white',
      ringed: true,
    },
    {
      word: title('转移 已清空', 'Evacuation done'),
      when: [{ column: 'percent', from: 100 }],
      tint: 'grey',
      over: true,
    },
    { word: title('转移 进行中', 'Evacuation under way'), when: [], tint: 'white' },
  ],
  size: { farPx: 9, nearPx: 16 },
  zoom: [
    { belowM: heights.county, as: 'glyphs' },
    { belowM: Infinity, as: 'hidden' },
  ],
  values: [{ zh: '{moved}/{toMove}', en: '{moved}/{toMove}', belowM: heights.town, rank: 9 }],
  facts: ['percent', 'toMove', 'moved', 'refused', 'unit', 'countedAt', 'incident'],
});
