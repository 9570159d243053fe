import { title } from '../../../contracts/declare.ts';
import { busPosition } from '../../../contracts/layers/bus-position.ts';
import { defineLook, heights } from '../look.ts';

export const look = defineLook({
  layer: busPosition,
  order: 40,
  shownAtStart: true,
  form: 'bus',
  heading: { column: 'headingDeg', still: 'dot', fromKmh: 3 },
  kinds: [
    {
      word: title('晚点 5 分以上', '5 min late or more'),
      when: [{ column: 'delayS', from: 300 }],
      tint: 'white',
    },
    { word: title('公交车', 'Bus'), when: [], tint: 'grey' },
  ],
  size: { farPx: 2.4, nearPx: 14 },
  zoom: [
    { belowM: 14_000, as: 'glyphs' },
    { belowM: heights.town, as: 'dots' },
  ],
  facts: ['route', 'speedKmh', 'delayS', 'occupancy'],
  spark: 'speedKmh',
});
