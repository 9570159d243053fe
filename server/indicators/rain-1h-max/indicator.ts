import { rainGauge } from '../../../contracts/layers/rain-gauge.ts';
import { countStations, defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

export default defineIndicator({
  slug: 'rain-1h-max',
  version: 1,
  title: { zh: '1小时最大雨量', en: 'Highest rain in 1 h' },
  unit: { zh: 'mm', en: 'mm' },
  sign: null,
  key: false,
  direction: 'down',
  limits: limitsFrom2024([20, 28, 40], { best: 0 }),
  periodS: 300,
  inputs: [rainGauge],
  formula: {
    zh: '各雨量站1小时雨量的最大值；20为短时强降水，28和40为山洪准备转移和立即转移的一般临界值。',
    en: 'Highest 1 h rain of the gauges; 20 is short heavy rain, 28 and 40 are the usual flash-flood values to get ready and to move.',
  },
  systems: ['x-weather'],
  granularity: 'station',
  aggregate: 'MAX',
  roster: (city, county) => countStations(city.stations['rain-gauges'], county),
  evaluate(view) {
    const table = view.table(rainGauge);
    const [rain, name] = [table.column('rain1hMm'), table.column('name')];
    view.scan(rainGauge, (slot, region) => {
      view.extreme(region, rain.get(slot), name.get(slot));
      return !Number.isNaN(rain.get(slot));
    });
  },
});
