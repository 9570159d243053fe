import { title } from '../../../contracts/declare.ts';
import { townReceipt } from '../../../contracts/layers/town-receipt.ts';
import { defineLook, heights } from '../look.ts';

/** Towns that acknowledged something lately: of interest beside the list, never on the wall by itself. */
export const look = defineLook({
  layer: townReceipt,
  order: 30,
  shownAtStart: false,
  form: 'post',
  kinds: [{ word: title('乡镇已签收', 'Acknowledged by a town'), when: [], tint: 'grey' }],
  size: { farPx: 6, nearPx: 12 },
  zoom: [
    { belowM: heights.county, as: 'glyphs' },
    { belowM: Infinity, as: 'hidden' },
  ],
  facts: ['subject', 'of', 'receivedAt', 'person'],
});
