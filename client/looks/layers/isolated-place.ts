import { title } from '../../../contracts/declare.ts';
import { isolatedPlace } from '../../../contracts/layers/isolated-place.ts';
import { defineLook } from '../look.ts';

/** Towns that roads no longer join: people must look at each. */
export const look = defineLook({
  layer: isolatedPlace,
  order: 66,
  shownAtStart: true,
  form: 'isolated',
  kinds: [
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
  values: [{ zh: '{name} {residents}', en: '{name} {residents}', belowM: Infinity, rank: 8 }],
  facts: ['lost', 'residents', 'cuts', 'sinceAt'],
});
