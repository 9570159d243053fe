import { riverGauge } from '../../../contracts/layers/river-gauge.ts';
import { countStations, defineIndicator } from '../define.ts';
import { limitsFrom2024 } from '../score.ts';

export default defineIndicator({
  slug: 'level-margin',
  version: 1,
  title: { zh: '距警戒水位（最小）', en: 'Smallest margin to the warning level' },
  unit: { zh: 'm', en: 'm' },
  sign: null,
  key: true,
  direction: 'up',
  limits: limitsFrom2024([1, 0.3, 0], { best: 2, worst: -2 }),
  periodS: 300,
  inputs: [riverGauge],
  formula: {
    zh: '各水文站（警戒水位 − 水位）的最小值；负值为超警。',
    en: 'Smallest (warning level − level) of the river gauges; negative is above the warning level.',
  },
  systems: ['x-hydrology'],
  granularity: 'station',
  aggregate: 'MIN',
  roster: (city, county) => countStations(city.stations['river-gauges'], county),
  evaluate(view) {
    const table = view.table(riverGauge);
    const [level, warning] = [table.column('levelM'), table.column('warningM')];
    const name = table.column('name');
    view.scan(riverGauge, (slot, region) => {
      const margin = warning.get(slot) - level.get(slot);
      view.extreme(region, margin, name.get(slot));
      return !Number.isNaN(margin);
    });
  },
});
