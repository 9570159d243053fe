import { title } from '../../../contracts/declare.ts';
import { flowStation } from '../../../contracts/layers/flow-station.ts';
import { defineLook, heights } from '../look.ts';

export const look = defineLook({
  layer: flowStation,
  order: 22,
  shownAtStart: true,
  form: 'counter',
  kinds: [
    {
      word: title('观测站故障、维护', 'Counters out of service'),
      when: [{ column: 'status', is: ['fault', 'maintain'] }],
      tint: 'dim',
    },
    { word: title('交通量观测站', 'Traffic counters'), when: [], tint: 'grey' },
  ],
  size: { farPx: 9, nearPx: 17 },
  zoom: [{ belowM: 130_000, as: 'glyphs' }],
  values: [{ zh: '{flowVehH}', en: '{flowVehH}', belowM: heights.town, rank: 60, kinds: [1] }],
  facts: ['flowVehH', 'speedKmh', 'heavySharePct', 'road'],
  spark: 'flowVehH',
});
