import { title } from '../../../contracts/declare.ts';
import { airStation } from '../../../contracts/layers/air-station.ts';
import { defineLook, severe } from '../look.ts';

export const look = defineLook({
  layer: airStation,
  order: 30,
  shownAtStart: true,
  form: 'air',
  kinds: [
    {
      word: title('设备停用', 'Out of service'),
      when: [{ column: 'flag', is: ['F', 'M', 'C', 'D'] }],
      tint: 'dim',
    },
    {
      word: title('PM2.5 严重污染', 'PM2.5 hazardous'),
      when: [{ column: 'pm25Ugm3', from: 250 }],
      ...severe('red'),
    },
    {
      word: title('PM2.5 重度污染', 'PM2.5 very unhealthy'),
      when: [{ column: 'pm25Ugm3', from: 150 }],
      ...severe('orange'),
    },
    {
      word: title('PM2.5 中度污染', 'PM2.5 unhealthy'),
      when: [{ column: 'pm25Ugm3', from: 115 }],
      ...severe('yellow'),
    },
    {
      word: title('PM2.5 轻度污染', 'PM2.5 lightly polluted'),
      when: [{ column: 'pm25Ugm3', from: 60 }],
      ...severe('blue'),
    },
    { word: title('PM2.5 良', 'PM2.5 fair'), when: [{ column: 'pm25Ugm3', from: 35 }], tint: 'grey' },
    { word: title('PM2.5 优', 'PM2.5 good'), when: [{ column: 'pm25Ugm3', from: 0 }], tint: 'data' },
    { word: title('无读数', 'No reading'), when: [], tint: 'dim' },
  ],
  size: { farPx: 15, nearPx: 20 },
  zoom: [{ belowM: Infinity, as: 'glyphs' }],
  values: [
    { zh: '{pm25Ugm3} {kind}', en: '{pm25Ugm3} {kind}', belowM: 90_000, rank: 40, kinds: [1, 2, 3, 4, 5, 6] },
  ],
  facts: ['pm25Ugm3', 'pm10Ugm3', 'o3Ugm3', 'no2Ugm3'],
  spark: 'pm25Ugm3',
});
