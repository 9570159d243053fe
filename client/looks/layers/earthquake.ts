import { title } from '../../../contracts/declare.ts';
import { earthquake } from '../../../contracts/layers/earthquake.ts';
import { defineLook } from '../look.ts';

export const look = defineLook({
  layer: earthquake,
  order: 59,
  shownAtStart: true,
  form: 'quake',
  grows: { column: 'magnitude', per: 3, most: 2.4 },
  kinds: [{ word: title('地震', 'Earthquake'), when: [], tint: 'white' }],
  size: { farPx: 13, nearPx: 22 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  values: [
    { zh: 'M {magnitude} 深 {depthKm}', en: 'M {magnitude}, {depthKm} deep', belowM: Infinity, rank: 15 },
  ],
  facts: ['magnitude', 'depthKm', 'status'],
});
