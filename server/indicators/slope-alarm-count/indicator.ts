import { slopeMonitor } from '../../../contracts/layers/slope-monitor.ts';
import { countStations, defineIndicator } from '../define.ts';
import { limitsFrom2024, limitsInForce } from '../score.ts';

export default defineIndicator({
  slug: 'slope-alarm-count',
  version: 1,
  title: { zh: '地灾监测报警点', en: 'Slope monitors over the alarm rate' },
  unit: { zh: '处', en: '' },
  sign: null,
  key: true,
  direction: 'down',
  limits: limitsFrom2024([0, 2, 5]),
  periodS: 600,
  inputs: [slopeMonitor],
  formula: {
    zh: '位移速率绝对值超过城市包橙色限值（毫米/小时）的在线监测点数。',
    en: 'Monitors online whose displacement rate, either way, is above the orange limit (mm/h) of the city package.',
  },
  systems: ['natural-resources'],
  granularity: 'county',
  aggregate: 'SUM',
  roster: (city, county) => countStations(city.stations['slope-monitors'], county),
  evaluate(view) {
    const limit = limitsInForce(view.city.thresholds.slope, view.local().day)?.orange.mmPerH ?? NaN;
    const table = view.table(slopeMonitor);
    const [rate, online] = [table.column('rateMmH'), table.column('online')];
    view.scan(slopeMonitor, (slot, region) => {
      const mmH = Math.abs(rate.get(slot));
      if (Number.isNaN(mmH) || Number.isNaN(limit) || online.get(slot) === 'no') return false;
      view.add(region, mmH > limit ? 1 : 0);
      return true;
    });
  },
});
