import { vesselPosition } from '../../../contracts/layers/vessel-position.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

export default defineIndicator({
  slug: 'vessel-online',
  version: 1,
  title: { zh: '重点船舶北斗在线率', en: 'Vessels online' },
  unit: { zh: '%', en: '%' },
  sign: 'traffic',
  key: false,
  direction: 'up',
  limits: limitsFrom2024([95, 90, 80], { best: 100 }),
  periodS: 300,
  inputs: [vesselPosition],
  formula: {
    zh: '最近12分钟内有定位的船舶数 / 最近1小时内上过线的船舶数。',
    en: 'Vessels with a position in the last 12 min / those heard of in the last hour.',
  },
  systems: ['smart-transport'],
  granularity: 'county',
  aggregate: 'RATE',
  evaluate(view) {
    const visit = (slot: number, region: number): boolean => {
      view.add(region, view.isFresh(vesselPosition, slot) ? 1 : 0);
      return true;
    };
    view.scan(vesselPosition, visit, { stale: 'visit' });
  },
});
