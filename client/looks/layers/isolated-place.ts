import { title } from '../../../contracts/declare.ts';
import { isolatedPlace } from '../../../contracts/layers/isolated-place.ts';
import { defineLook, heights } from '../look.ts';

/** Towns and villages that roads no longer join: people must look at each. */
export const look = defineLook({
  layer: isolatedPlace,
  order: 66,
  shownAtStart: true,
  form: 'isolated',
  kinds: [
    {
      word: title('孤岛村（三断）', 'Isolated village'),
      when: [{ column: 'kind', is: ['village'] }],
      tint: 'white',
      scale: 0.75,
    },
    {
      word: title('孤岛：医院和县城都不通', 'Isolated from hospital and seat'),
      when: [{ column: 'lost', is: ['both'] }],
      tint: 'white',
      ringed: true,
    },
    { word: title('孤岛：一处不通', 'Isolated from one of them'), when: [], tint: 'white' },
  ],
  size: { farPx: 14, nearPx: 24 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  values: [
    {
      ...{ zh: '{name} {residents}', en: '{name} {residents}', belowM: Infinity, rank: 8 },
      kinds: [1, 2],
    },
    { zh: '{name} {residents}', en: '{name} {residents}', belowM: heights.town, rank: 9, kinds: [0] },
  ],
  facts: ['kind', 'town', 'lost', 'residents', 'detourMin', 'cuts', 'sinceAt'],
});
