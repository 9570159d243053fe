import { title } from '../../../contracts/declare.ts';
import { roadSpeed } from '../../../contracts/layers/road-speed.ts';
import { defineLook, heights } from '../look.ts';

export const look = defineLook({
  layer: roadSpeed,
  order: 10,
  shownAtStart: true,
  form: 'queue',
  kinds: [
    {
      word: title('严重拥堵（红）', 'Severe congestion (red)'),
      when: [{ column: 'level', is: ['severe'] }],
      tint: 'red',
    },
    {
      word: title('中度拥堵（橙）', 'Moderate congestion (orange)'),
      when: [{ column: 'level', is: ['moderate'] }],
      tint: 'orange',
    },
    {
      word: title('轻度拥堵（黄）', 'Light congestion (yellow)'),
      when: [{ column: 'level', is: ['light'] }],
      tint: 'yellow',
    },
    { word: title('畅通', 'Free'), when: [], tint: 'dim' },
  ],
  size: { farPx: 3, nearPx: 4 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  values: [
    { zh: '{kind} {speedKmh}', en: '{kind} {speedKmh}', belowM: heights.town, rank: 26, kinds: [0, 1] },
  ],
  facts: ['speedKmh', 'freeFlowKmh', 'level', 'road', 'samples'],
  spark: 'speedKmh',
  drawnAs: 'line',
});
