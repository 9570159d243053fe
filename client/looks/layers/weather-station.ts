import { title } from '../../../contracts/declare.ts';
import { weatherStation } from '../../../contracts/layers/weather-station.ts';
import { defineLook, heights } from '../look.ts';

export const look = defineLook({
  layer: weatherStation,
  order: 26,
  shownAtStart: true,
  form: 'weather',
  kinds: [
    {
      word: title('能见度 200 m 以下', 'Visibility under 200 m'),
      when: [{ column: 'visibilityM', below: 200 }],
      tint: 'white',
      ringed: true,
    },
    {
      word: title('8 级风以上', 'Force 8 and more'),
      when: [{ column: 'gustMs', from: 17.2 }],
      tint: 'white',
      ringed: true,
    },
    { word: title('气象站', 'Weather stations'), when: [], tint: 'dim' },
  ],
  size: { farPx: 8, nearPx: 16 },
  zoom: [
    { belowM: 40_000, as: 'glyphs' },
    { belowM: 130_000, as: 'dots' },
  ],
  values: [
    {
      zh: '能见度 {visibilityM}',
      en: 'visibility {visibilityM}',
      belowM: heights.county,
      rank: 27,
      kinds: [0],
    },
    { zh: '阵风 {gustMs}', en: 'gust {gustMs}', belowM: heights.county, rank: 29, kinds: [1] },
    { zh: '{tempC}', en: '{tempC}', belowM: 25_000, rank: 65, kinds: [2] },
  ],
  facts: ['tempC', 'windMs', 'humidityPct', 'rain1hMm', 'visibilityM'],
  spark: 'tempC',
});
