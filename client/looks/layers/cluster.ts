import { title } from '../../../contracts/declare.ts';
import { cluster } from '../../../contracts/layers/cluster.ts';
import { defineLook } from '../look.ts';

export const look = defineLook({
  layer: cluster,
  order: 6,
  shownAtStart: true,
  form: 'ring',
  kinds: [
    {
      word: title('已确认线索', 'Confirmed cluster'),
      when: [{ column: 'state', is: ['confirmed'] }],
      tint: 'white',
    },
    { word: title('待研判线索', 'Proposed cluster'), when: [], tint: 'white', ringed: true },
  ],
  size: { farPx: 13, nearPx: 21 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  facts: ['confidencePct', 'signals', 'reasons', 'contradictions', 'firstAt', 'lastAt', 'by'],
});
