import { busPosition } from '../../../contracts/layers/bus-position.ts';
import { defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

/** On time: at most one minute early and five minutes late. */
const EARLY_S = -60;
const LATE_S = 300;

export default defineIndicator({
  slug: 'bus-punctual',
  version: 1,
  title: { zh: '公交准点率', en: 'Buses on time' },
  unit: { zh: '%', en: '%' },
  sign: 'traffic',
  key: false,
  direction: 'up',
  limits: limitsFrom2024([85, 75, 60], { best: 100 }),
  periodS: 1800,
  inputs: [busPosition],
  formula: {
    zh: '早点不超过1分钟、晚点不超过5分钟的公交车数 / 有到站预测的在途公交车数。',
    en: 'Buses at most 1 min early and 5 min late / buses under way with a trip update.',
  },
  systems: ['smart-transport'],
  granularity: 'county',
  aggregate: 'RATE',
  evaluate(view) {
    const delay = view.table(busPosition).column('delayS');
    const visit = (slot: number, region: number): boolean => {
      const seconds = delay.get(slot);
      view.add(region, seconds >= EARLY_S && seconds <= LATE_S ? 1 : 0);
      return true;
    };
    // Buses without a trip update run no trip, so they are neither on time nor late.
    view.scan(busPosition, visit, { wants: (slot) => !Number.isNaN(delay.get(slot)) });
  },
});
