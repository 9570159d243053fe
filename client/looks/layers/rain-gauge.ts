import { title } from '../../../contracts/declare.ts';
import { rainGauge } from '../../../contracts/layers/rain-gauge.ts';
import { defineLook, heights } from '../look.ts';

export const look = defineLook({
  layer: rainGauge,
  order: 27,
  shownAtStart: true,
  form: 'drop',
  grows: { column: 'rain1hMm', per: 20, most: 1.8 },
  kinds: [
    {
      word: title('1 小时雨量 20 mm 以上', '20 mm and more in 1 h'),
      when: [{ column: 'rain1hMm', from: 20 }],
      tint: 'seq4',
      ringed: true,
    },
    {
      word: title('1 小时雨量 5–20 mm', '5–20 mm in 1 h'),
      when: [{ column: 'rain1hMm', from: 5 }],
      tint: 'seq4',
    },
    {
      word: title('1 小时雨量 0.1–5 mm', '0.1–5 mm in 1 h'),
      when: [{ column: 'rain1hMm', from: 0.1 }],
      tint: 'data',
    },
    { word: title('无雨', 'Dry'), when: [], tint: 'dim' },
  ],
  size: { farPx: 7, nearPx: 14 },
  zoom: [
    { belowM: 30_000, as: 'glyphs' },
    { belowM: 130_000, as: 'dots' },
  ],
  values: [{ zh: '{rain1hMm}', en: '{rain1hMm}', belowM: heights.town, rank: 45, kinds: [0, 1, 2] }],
  facts: ['rain1hMm', 'rain3hMm', 'rain24hMm'],
  spark: 'rain1hMm',
});
