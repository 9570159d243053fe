import { title } from '../../../contracts/declare.ts';
import { slopeMonitor } from '../../../contracts/layers/slope-monitor.ts';
import { defineLook, heights, severe } from '../look.ts';

export const look = defineLook({
  layer: slopeMonitor,
  order: 21,
  shownAtStart: true,
  form: 'slope',
  kinds: [
    {
      word: title('地灾监测离线', 'Slope monitor offline'),
      when: [{ column: 'online', is: ['no'] }],
      tint: 'dim',
    },
    {
      word: title('位移 10 mm/h 以上（橙）', 'Moves 10 mm/h and more (orange)'),
      when: [{ column: 'rateMmH', from: 10, size: true }],
      ...severe('orange'),
    },
    {
      word: title('位移 5–10 mm/h', 'Moves 5–10 mm/h'),
      when: [{ column: 'rateMmH', from: 5, size: true }],
      tint: 'white',
      ringed: true,
    },
    { word: title('地灾监测点', 'Slope monitors'), when: [], tint: 'grey' },
  ],
  size: { farPx: 12, nearPx: 16 },
  zoom: [
    { belowM: heights.site, as: 'glyphs' },
    { belowM: 40_000, as: 'groups' },
  ],
  values: [
    { zh: '位移 {rateMmH}', en: 'Moves {rateMmH}', belowM: Infinity, rank: 12, kinds: [1] },
    { zh: '{rateMmH}', en: '{rateMmH}', belowM: heights.town, rank: 24, kinds: [2] },
  ],
  quiet: true,
  facts: ['rateMmH', 'displacementMm', 'crackMm', 'tiltDeg'],
  spark: 'displacementMm',
});
