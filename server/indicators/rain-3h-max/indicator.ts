import { rainGauge } from '../../../contracts/layers/rain-gauge.ts';
import { countStations, defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

export default defineIndicator({
  slug: 'rain-3h-max',
  version: 1,
  title: { zh: '3小时最大雨量', en: 'Highest rain in 3 h' },
  unit: { zh: 'mm', en: 'mm' },
  sign: null,
  key: false,
  direction: 'down',
  limits: limitsFrom2024([20, 50, 100], { best: 0 }),
  periodS: 300,
  inputs: [rainGauge],
  formula: {
    zh: '各雨量站3小时雨量的最大值；50和100为暴雨橙色、红色预警信号值。',
    en: 'Highest 3 h rain of the gauges; 50 and 100 are the values of the orange and red storm signal.',
  },
  systems: ['x-weather'],
  granularity: 'station',
  aggregate: 'MAX',
  roster: (city, county) => countStations(city.stations['rain-gauges'], county),
  evaluate(view) {
    const table = view.table(rainGauge);
    const [rain, name] = [table.column('rain3hMm'), table.column('name')];
    view.scan(rainGauge, (slot, region) => {
      view.extreme(region, rain.get(slot), name.get(slot));
      return !Number.isNaN(rain.get(slot));
    });
  },
});
