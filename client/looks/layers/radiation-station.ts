import { title } from '../../../contracts/declare.ts';
import { radiationStation } from '../../../contracts/layers/radiation-station.ts';
import { defineLook, heights } from '../look.ts';

export const look = defineLook({
  layer: radiationStation,
  order: 25,
  shownAtStart: false,
  form: 'radiation',
  kinds: [
    { word: title('剂量率', 'Dose rate'), when: [{ column: 'doseRateNGyH' }], tint: 'grey' },
    { word: title('无读数', 'No reading'), when: [], tint: 'dim' },
  ],
  size: { farPx: 9, nearPx: 17 },
  zoom: [{ belowM: 130_000, as: 'glyphs' }],
  values: [{ zh: '{doseRateNGyH}', en: '{doseRateNGyH}', belowM: heights.town, rank: 61, kinds: [0] }],
  facts: ['doseRateNGyH'],
  spark: 'doseRateNGyH',
});
