import { title } from '../../../contracts/declare.ts';
import { roadClosure } from '../../../contracts/layers/road-closure.ts';
import { defineLook } from '../look.ts';

/** What travel times leave out. */
export const look = defineLook({
  layer: roadClosure,
  order: 59,
  shownAtStart: true,
  form: 'closure',
  kinds: [
    {
      word: title('断路 造成孤岛', 'Closed, isolating places'),
      when: [{ column: 'isolates', from: 1 }],
      tint: 'white',
      ringed: true,
    },
    { word: title('断路', 'Closed stretch'), when: [], tint: 'white' },
  ],
  size: { farPx: 11, nearPx: 18 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  facts: ['cause', 'roads', 'closedKm', 'isolates', 'residents', 'by', 'sinceAt'],
});
