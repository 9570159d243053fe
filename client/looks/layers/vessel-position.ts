import { title } from '../../../contracts/declare.ts';
import { vesselPosition } from '../../../contracts/layers/vessel-position.ts';
import { defineLook, heights } from '../look.ts';

export const look = defineLook({
  layer: vesselPosition,
  order: 42,
  shownAtStart: true,
  form: 'hull',
  heading: { column: 'headingDeg', still: null, fromKmh: 0 },
  kinds: [
    {
      word: title('船舶遇险', 'Vessel in distress'),
      when: [{ column: 'state', is: ['sos'] }],
      tint: 'white',
      ringed: true,
    },
    {
      word: title('危险货物船', 'Hazardous cargo'),
      when: [{ column: 'hazardousCargo', is: ['yes'] }],
      tint: 'white',
    },
    {
      word: title('系泊船舶', 'Moored vessels'),
      when: [{ column: 'state', is: ['moored'] }],
      tint: 'dim',
      scale: 0.75,
    },
    { word: title('在航船舶', 'Vessels under way'), when: [], tint: 'white' },
  ],
  size: { farPx: 4, nearPx: 15 },
  zoom: [
    { belowM: 20_000, as: 'glyphs' },
    { belowM: heights.county, as: 'groups' },
    { belowM: Infinity, as: 'counts' },
  ],
  mix: true,
  facts: ['kind', 'speedKmh', 'state', 'draughtM', 'hazardousCargo'],
  spark: 'speedKmh',
});
