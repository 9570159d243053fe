import { busPosition } from '../../../contracts/layers/bus-position.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

export default defineIndicator({
  slug: 'bus-online-rate',
  version: 1,
  title: { zh: '公交车在线率', en: 'Buses online' },
  unit: { zh: '%', en: '%' },
  sign: null,
  key: false,
  direction: 'up',
  limits: limitsFrom2024([95, 90, 80], { best: 100 }),
  periodS: 300,
  inputs: [busPosition],
  formula: {
    zh: '最近1分钟内有定位的公交车数 / 最近10分钟内上过线的公交车数。',
    en: 'Buses with a position in the last minute / those heard of in the last 10 min.',
  },
  systems: ['smart-transport'],
  granularity: 'county',
  aggregate: 'RATE',
  evaluate(view) {
    const visit = (slot: number, region: number): boolean => {
      view.add(region, view.isFresh(busPosition, slot) ? 1 : 0);
      return true;
    };
    view.scan(busPosition, visit, { stale: 'visit' });
  },
});
