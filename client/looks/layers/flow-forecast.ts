import { title } from '../../../contracts/declare.ts';
import { flowForecast } from '../../../contracts/layers/flow-forecast.ts';
import { defineLook } from '../look.ts';

export const look = defineLook({
  layer: flowForecast,
  order: 47,
  shownAtStart: false,
  form: 'section',
  kinds: [
    {
      word: title('入库预报', 'Forecast of an inflow'),
      when: [{ column: 'kind', is: ['inflow'] }],
      tint: 'white',
    },
    { word: title('河道流量预报', 'Forecast of a flow'), when: [], tint: 'grey' },
  ],
  size: { farPx: 10, nearPx: 18 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  facts: ['maxM3S', 'maxAt', 'untilAt', 'method'],
});
