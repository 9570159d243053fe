import { title } from '../../../contracts/declare.ts';
import { levelForecast } from '../../../contracts/layers/level-forecast.ts';
import { defineLook, heights } from '../look.ts';

/** Crests as they are worked out, beside what is measured: never in a colour of severity, they have not come yet. */
export const look = defineLook({
  layer: levelForecast,
  order: 53,
  shownAtStart: false,
  form: 'ring',
  kinds: [
    {
      word: title('推演最高水位（建议方案）', 'Highest level, advised option'),
      when: [{ column: 'advised', is: ['yes'] }],
      tint: 'white',
    },
    {
      word: title('推演最高水位（其他方案）', 'Highest level, other options'),
      when: [],
      tint: 'dim',
      over: true,
    },
  ],
  size: { farPx: 10, nearPx: 18 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  values: [{ zh: '推演 {peakM}', en: 'forecast {peakM}', belowM: heights.county, rank: 30, kinds: [0] }],
  facts: ['optionName', 'peakM', 'peakAt', 'peakFlowM3S', 'warningMarginM', 'guaranteeMarginM'],
});
